/** The tile of the depthwise kernels: what toolchain/depthwise.ts writes. */

/** Neighbouring output positions of a tile; it is two vectors wide. */
export const DEPTHWISE_ROWS = 4;
