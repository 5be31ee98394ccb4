/** What threads use of Node. */
import { nodeModule } from '../node-module.ts';

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

/** node:worker_threads; undefined where it is not Node, whatever calls itself so. */
export function nodeThreads(): NodeThreads | undefined {
  const threads: Partial<NodeThreads> | undefined = nodeModule('node:worker_threads');
  return typeof threads?.Worker === 'function' ? (threads as NodeThreads) : undefined;
}
