/** The tiles of the row kernels: what toolchain/rows.ts writes, and what weights are packed for. */

/** Output features of a tile, and the widths in vectors that it comes in, the largest first: as many accumulators as registers allow. */
export const ROWS_TILES = [
  { features: 4, vectors: [2, 1] },
  { features: 2, vectors: [6, 4, 2, 1] },
  { features: 1, vectors: [12, 8, 4, 2, 1] },
] as const;
