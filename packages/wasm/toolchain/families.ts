/** The arithmetics as source: what a kernel of each loads, multiplies and adds. */
import type { Arithmetic } from '../src/lower/arithmetic.ts';

/** What one arithmetic multiplies and adds. */
export interface Family {
  /** In the kernel's name. */
  readonly name: Arithmetic;
  /** Lanes of an accumulator. */
  readonly lanes: number;
  /** The type of a lane, for splats and partial stores. */
  readonly lane: string;
  /** The vector's type, for adding. */
  readonly vector: string;
  /** acc + x·w. */
  readonly multiplyAdd: (acc: string, x: string, w: string) => string;
}

const integer = (vector: string) => (acc: string, x: string, w: string) => `${vector}.add(${acc}, ${vector}.mul(${x}, ${w}))`;

/** The families. i16 multiplies pairs: a "lane" of x is two neighbours in the reduction, and so is a lane of the weights. */
export const FAMILIES: readonly Family[] = [
  { name: 'f32', lanes: 4, lane: 'f32', vector: 'f32x4', multiplyAdd: (acc, x, w) => `maddF32(${acc}, ${x}, ${w})` },
  { name: 'f64', lanes: 2, lane: 'f64', vector: 'f64x2', multiplyAdd: (acc, x, w) => `maddF64(${acc}, ${x}, ${w})` },
  { name: 'i32', lanes: 4, lane: 'i32', vector: 'i32x4', multiplyAdd: integer('i32x4') },
  { name: 'i64', lanes: 2, lane: 'i64', vector: 'i64x2', multiplyAdd: integer('i64x2') },
  { name: 'i16', lanes: 4, lane: 'i32', vector: 'i32x4', multiplyAdd: (acc, x, w) => `i32x4.add(${acc}, i32x4.dot_i16x8_s(${x}, ${w}))` },
];
