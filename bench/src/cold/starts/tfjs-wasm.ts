/** TensorFlow.js on WASM. */
import { loadPeer } from '../../peers/load-peer.ts';
import { CHANNELS, ones, SIZE, TAPS } from '../first-conv.ts';

interface Tf {
  setBackend(name: string): Promise<boolean>;
  tensor(values: Float32Array, shape: readonly number[]): unknown;
  conv2d(x: unknown, filter: unknown, strides: number, pad: 'same'): { dataSync(): Float32Array };
}

export async function firstConvolution(): Promise<ArrayLike<number>> {
  const [tf] = await Promise.all([loadPeer<Tf>('@tensorflow/tfjs-core'), loadPeer('@tensorflow/tfjs-backend-wasm')]);
  await tf.setBackend('wasm');
  const x = tf.tensor(ones(SIZE, SIZE, CHANNELS), [1, SIZE, SIZE, CHANNELS]);
  const w = tf.tensor(ones(TAPS, TAPS, CHANNELS, CHANNELS), [TAPS, TAPS, CHANNELS, CHANNELS]);
  return tf.conv2d(x, w, 1, 'same').dataSync();
}
