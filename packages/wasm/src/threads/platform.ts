/** What of Node is used, reached in a way that no bundler for browsers takes for an import. */

/** A worker of node:worker_threads. */
export interface NodeWorker {
  on(event: 'message' | 'error' | 'exit', listener: (value: unknown) => void): void;
  ref(): void;
  unref(): void;
  terminate(): Promise<unknown>;
}

/** node:worker_threads. */
export interface NodeThreads {
  readonly Worker: new (url: URL, options: object) => NodeWorker;
  readonly workerData: unknown;
  readonly parentPort: { postMessage(message: unknown): void } | null;
}

/** node:worker_threads; undefined where it is not Node. */
export function nodeThreads(): NodeThreads | undefined {
  const { process } = globalThis as { readonly process?: { getBuiltinModule?(name: string): object | undefined } };
  return process?.getBuiltinModule?.('node:worker_threads') as NodeThreads | undefined;
}
