/** onnxruntime-web on WASM, one process-wide number of threads for each copy of the library; so each number has a copy of its own. */
import { checkOptions, type Backend } from '@laxconv/api/backend';
import { loadPeerAnew } from './load-peer.ts';
import { onnxPeer, type OnnxRuntime } from './onnx/onnx-peer.ts';
import { withWorker } from './onnx/with-worker.ts';
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

/** The same, with the global that it needs. */
function keepingWorkerToItself({ env, Tensor, InferenceSession }: OnnxRuntime): OnnxRuntime {
  const create: OnnxRuntime['InferenceSession']['create'] = (model, options) => withWorker(() => InferenceSession.create(model, options));
  return { env, Tensor, InferenceSession: { create } };
}
