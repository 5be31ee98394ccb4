/** onnxruntime-node: the native library, with the vector instructions of the machine. */
import { checkOptions, type Backend } from '@laxconv/api/backend';
import { loadPeerAnew } from './load-peer.ts';
import { onnxPeer, type OnnxRuntime } from './onnx/onnx-peer.ts';
import { peerBackend } from './peer-backend.ts';
import type { PeerOptions } from './peer-options.ts';

/** One for this process: the native part does not load twice. */
let library: Promise<OnnxRuntime> | undefined;

/** A backend over onnxruntime-node. */
export async function createBackend(options: PeerOptions = {}): Promise<Backend> {
  checkOptions('ort-node', options, ['threads']);
  const { threads = 1 } = options;
  library ??= loadPeerAnew<OnnxRuntime>('onnxruntime-node');
  const runtime = await library;
  return peerBackend(
    onnxPeer({
      name: `ort-node-${threads}t`,
      runtime,
      session: { executionProviders: ['cpu'], intraOpNumThreads: threads, interOpNumThreads: 1 },
      info: { library: 'onnxruntime-node', version: runtime.env.versions['node'], threads, isa: 'native' },
    }),
  );
}
