/** The tiles of the line kernels: toolchain/rows.ts writes them, plans and costs count on them. */
import type { Arithmetic } from '../../lower/arithmetic.ts';

/** Output features of the largest tile. */
export const BLOCK = 4;

/** The kernels of one arithmetic. */
export interface RowsTiles {
  /** Outputs of the shortest line. */
  readonly least: number;
  /** Outputs of a vector of lhs. */
  readonly outputs: number;
  /** Vectors of a tile of one to BLOCK features. */
  readonly tiles: readonly number[];
  /** Vectors of a tile of two neighbouring lines of one feature; 0: there is none. */
  readonly pairs: number;
}

/** As many sums as leave room for a vector of lhs and the weights in sixteen registers; fewer where multiplying is slow anyway. */
export const ROWS: Readonly<Record<Arithmetic, RowsTiles>> = {
  f32: { least: 4, outputs: 4, tiles: [12, 4, 3, 2], pairs: 6 },
  f64: { least: 2, outputs: 2, tiles: [6, 3, 2, 2], pairs: 4 },
  i16: { least: 4, outputs: 8, tiles: [4, 2, 1, 1], pairs: 0 },
  i32: { least: 4, outputs: 4, tiles: [4, 2, 2, 2], pairs: 0 },
  i64: { least: 2, outputs: 2, tiles: [4, 2, 2, 2], pairs: 0 },
};
