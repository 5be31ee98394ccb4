/** jax-js on WASM. */
import { loadPeer } from '../../peers/load-peer.ts';
import { CHANNELS, ones, SIZE, TAPS } from '../first-conv.ts';

interface JaxJs {
  init(device: 'wasm'): Promise<readonly string[]>;
  defaultDevice(device: 'wasm'): string;
  readonly numpy: { array(values: Float32Array, options: { readonly shape: readonly number[] }): unknown };
  readonly lax: { conv(lhs: unknown, rhs: unknown, strides: readonly number[], padding: 'SAME'): { dataSync(): Float32Array } };
}

export async function firstConvolution(): Promise<ArrayLike<number>> {
  const jax = await loadPeer<JaxJs>('@jax-js/jax');
  await jax.init('wasm');
  jax.defaultDevice('wasm');
  const x = jax.numpy.array(ones(CHANNELS, SIZE, SIZE), { shape: [1, CHANNELS, SIZE, SIZE] });
  const w = jax.numpy.array(ones(CHANNELS, CHANNELS, TAPS, TAPS), { shape: [CHANNELS, CHANNELS, TAPS, TAPS] });
  return jax.lax.conv(x, w, [1, 1], 'SAME').dataSync();
}
