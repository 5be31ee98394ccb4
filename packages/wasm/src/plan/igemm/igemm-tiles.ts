/** The tiles of the implicit GEMM, by arithmetic: what toolchain/igemm.ts writes kernels for, and what panels are packed for. */
import type { Arithmetic } from '../../lower/arithmetic.ts';
import type { Isa } from '../../module/isa.ts';

/** A family of tiles. */
export interface IgemmTile {
  /** Rows of the largest tile. Without fused multiply-add a product takes a register of its own, and more rows would spill. */
  readonly rows: Readonly<Record<Isa, number>>;
  /** Lanes of an accumulator. */
  readonly lanes: number;
  /** Columns of a panel: two vectors. */
  readonly width: number;
  /** Neighbours in the reduction that a lane of the operands holds. */
  readonly pair: number;
}

const fused = { 'relaxed-simd': 6, simd128: 4 };
const plain = { 'relaxed-simd': 4, simd128: 4 };

/** The families. */
export const IGEMM_TILES: Readonly<Record<Arithmetic, IgemmTile>> = {
  f32: { rows: fused, lanes: 4, width: 8, pair: 1 },
  f64: { rows: fused, lanes: 2, width: 4, pair: 1 },
  i16: { rows: plain, lanes: 4, width: 8, pair: 2 },
  i32: { rows: plain, lanes: 4, width: 8, pair: 1 },
  i64: { rows: plain, lanes: 2, width: 4, pair: 1 },
};
