/**
 * The one convolution of a cold start, of ones, whose result is known: 3×3 on 8×8, 8 channels to 8, padded SAME, unless another is asked
 * for. Everybody can do that one, and it computes for microseconds. The modules in `starts/` import nothing of laxconv but what they start.
 */
import type { ConvProblem } from '@laxconv/api/backend';

/** What a module in `starts/` exports: everything from the library's import to the first result, in the channels' own order. */
export interface ColdStart {
  firstConvolution(argument: string): Promise<ArrayLike<number>>;
}

export const SIZE = 8;
export const CHANNELS = 8;
export const TAPS = 3;

/** Ones, as many as the product of the sizes. */
export function ones(...sizes: readonly number[]): Float32Array<ArrayBuffer> {
  return new Float32Array(sizes.reduce((product, size) => product * size, 1)).fill(1);
}

/** With the channels last; first is the same in sum. */
export const SMALL: ConvProblem = {
  lhs: { shape: [1, SIZE, SIZE, CHANNELS], dtype: 'float32' },
  rhs: { shape: [TAPS, TAPS, CHANNELS, CHANNELS], dtype: 'float32' },
  out: { shape: [1, SIZE, SIZE, CHANNELS], dtype: 'float32' },
  lhsSpec: [0, 3, 1, 2],
  rhsSpec: [3, 2, 0, 1],
  outSpec: [0, 3, 1, 2],
  windowStrides: [1, 1],
  padding: [
    [1, 1],
    [1, 1],
  ],
  lhsDilation: [1, 1],
  rhsDilation: [1, 1],
  windowReversal: [false, false],
  featureGroupCount: 1,
  batchGroupCount: 1,
  precision: 'default',
  method: 'auto',
};
