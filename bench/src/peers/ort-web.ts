/** onnxruntime-web on WASM, one process-wide number of threads for each copy of the library; so each number has a copy of its own. */
import { Worker, type WorkerOptions } from 'node:worker_threads';
import { checkOptions, type Backend } from '@laxconv/api/backend';
import { loadPeerAnew } from './load-peer.ts';
import { onnxPeer, type OnnxRuntime } from './onnx/onnx-peer.ts';
import { peerBackend } from './peer-backend.ts';
import type { PeerOptions } from './peer-options.ts';

const copies = new Map<number, Promise<OnnxRuntime>>();

/** A backend over onnxruntime-web. */
export async function createBackend(options: PeerOptions = {}): Promise<Backend> {
  checkOptions('ort-web', options, ['threads']);
  const { threads = 1 } = options;
  let copy = copies.get(threads);
  if (copy === undefined) {
    copy = loadPeerAnew<OnnxRuntime>('onnxruntime-web');
    copies.set(threads, copy);
  }
  const runtime = await copy;
  if (runtime.env.wasm !== undefined) runtime.env.wasm.numThreads = threads;
  return peerBackend(
    onnxPeer({
      name: `ort-web-${threads}t`,
      runtime: keepingWorkerToItself(runtime),
      session: { executionProviders: ['wasm'] },
      info: { library: 'onnxruntime-web', version: runtime.env.versions['web'], threads, isa: 'wasm simd128' },
    }),
  );
}

/**
 * With threads it makes Node's Worker a global, by which other libraries (jax-js) take Node for a browser and then fail. So the global
 * is there while a session starts its threads, and no longer.
 */
function keepingWorkerToItself(runtime: OnnxRuntime): OnnxRuntime {
  const create: OnnxRuntime['InferenceSession']['create'] = async (model, options) => {
    const before = Object.getOwnPropertyDescriptor(globalThis, 'Worker');
    Object.defineProperty(globalThis, 'Worker', { configurable: true, get: () => PlainWorker, set: () => {} });
    try {
      return await runtime.InferenceSession.create(model, options);
    } finally {
      Reflect.deleteProperty(globalThis, 'Worker');
      if (before !== undefined) Object.defineProperty(globalThis, 'Worker', before);
    }
  };
  return { env: runtime.env, Tensor: runtime.Tensor, InferenceSession: { create } };
}

/** Without this process's own arguments: a worker cannot start from a file in a process that evaluates its program, as the kit's does. */
class PlainWorker extends Worker {
  constructor(file: string | URL, options?: WorkerOptions) {
    super(file, { execArgv: [], ...options });
  }
}
