/**
 * In Node, onnxruntime-web makes `Worker` a global when it starts, by which other libraries (jax-js) take Node for a browser and then fail.
 * So the global is there while a session is made, and no longer.
 */
import { Worker, type WorkerOptions } from 'node:worker_threads';

/** What `create` gives, called with Node's Worker as a global. */
export async function withWorker<T>(create: () => Promise<T>): Promise<T> {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'Worker');
  Object.defineProperty(globalThis, 'Worker', { configurable: true, get: () => PlainWorker, set: () => {} });
  try {
    return await create();
  } finally {
    Reflect.deleteProperty(globalThis, 'Worker');
    if (before !== undefined) Object.defineProperty(globalThis, 'Worker', before);
  }
}

/** Without this process's own arguments: a worker cannot start from a file in a process that evaluates its program, as the kit's does. */
class PlainWorker extends Worker {
  constructor(file: string | URL, options?: WorkerOptions) {
    super(file, { execArgv: [], ...options });
  }
}
