/**
 * The one convolution of a cold start: 3×3 of ones on 8×8 of ones, 8 channels to 8, padded SAME. Everybody can do it, its result is
 * known, and it computes for microseconds. The modules in `starts/` import nothing of laxconv but what they start.
 */

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

/** The sum of a right result: rows and columns at the border lack one tap. Both layouts have the same. */
export const RIGHT_SUM = (TAPS * SIZE - 2) ** 2 * CHANNELS * CHANNELS;
