/** The tile of the depthwise kernels, and the groups that they mix: what toolchain/depthwise.ts writes. */
import type { Arithmetic } from '../../lower/arithmetic.ts';

/** Neighbouring output positions of a tile; it is two vectors wide. */
export const DEPTHWISE_ROWS = 4;

/** Features of a small group, as many on both sides; real numbers. */
export const GROUP_SIZES: Readonly<Record<Arithmetic, readonly number[]>> = { f32: [2, 4], f64: [2], i16: [], i32: [], i64: [] };
