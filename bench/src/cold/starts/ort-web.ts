/** onnxruntime-web on WASM, one thread. */
import { loadPeer } from '../../peers/load-peer.ts';
import type { OnnxRuntime } from '../../peers/onnx/onnx-peer.ts';
import { CHANNELS, ones, SIZE } from '../first-conv.ts';

/** `argument`: the model in base64. */
export async function firstConvolution(argument: string): Promise<ArrayLike<number>> {
  const ort = await loadPeer<OnnxRuntime>('onnxruntime-web');
  if (ort.env.wasm !== undefined) ort.env.wasm.numThreads = 1;
  const session = await ort.InferenceSession.create(Buffer.from(argument, 'base64'), { executionProviders: ['wasm'] });
  const x = new ort.Tensor('float32', ones(CHANNELS, SIZE, SIZE), [1, CHANNELS, SIZE, SIZE]);
  return (await session.run({ x }))['y'].data as Float32Array;
}
