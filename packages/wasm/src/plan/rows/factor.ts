/**
 * Weights as an outer product, where they are one: w[r, j] = across[r] · along[j], close enough that two passes stay within what the
 * direct kernel declares.
 *
 * Two passes of m₁ and m₂ products have an error of at most γ(m₁ + m₂)·Σ|x·across·along|; direct, c = 1 allows γ(K)·Σ|x·w|, K = m₁·m₂.
 * So a relative deviation ρ of every weight is allowed as long as ρ·(1 + γ(m₁ + m₂)) ≤ (K − m₁ − m₂)·u.
 *
 * The first pass' factors are scaled, by a power of two, to a sum of magnitudes below 1: no sum of a pass overflows that the direct one
 * would not. The second pass' factors stay below 2²⁰, so that what a subnormal sum lost stays below the smallest normal number. No factor
 * is 0: 0·∞ must be NaN where it is in the direct sum.
 *
 * Sums of integers are exact in every order as long as they stay small, and people count on it. So weights that are integers (times a
 * power of two), small enough for such sums, must have factors that are integers as well: those of a row without its common divisor.
 */
import { gcd } from '@laxconv/api/backend';

/** The factors of one group's weights. */
export interface Factors {
  readonly across: Float64Array;
  readonly along: Float64Array;
}

/** Where second-pass factors end. */
const LARGEST = 2 ** 20;

/** Numbers of one dtype: unit roundoff and the end of the integers that it has all of. */
export interface Precision {
  readonly roundoff: number;
  readonly integers: number;
  readonly round: (value: number) => number;
}

/** float32 and float64. */
export const PRECISIONS: Readonly<Record<'f32' | 'f64', Precision>> = {
  f32: { roundoff: 2 ** -24, integers: 2 ** 24, round: Math.fround },
  f64: { roundoff: 2 ** -53, integers: 2 ** 53, round: (value) => value },
};

/** The factors of `weights`, row by row `columns` long; null where there are none that are close enough. */
export function factorsOf(weights: Float64Array, columns: number, precision: Precision): Factors | null {
  let pivot = 0;
  let unit = Infinity;
  for (let at = 0; at < weights.length; at++) {
    if (weights[at] === 0 || !Number.isFinite(weights[at])) return null;
    if (Math.abs(weights[at]) > Math.abs(weights[pivot])) pivot = at;
    unit = Math.min(unit, lowestBit(weights[at]));
  }
  const column = pivot % columns;
  const row = weights.subarray(pivot - column, pivot - column + columns);
  const areIntegers = Math.abs(weights[pivot]) / unit <= precision.integers / weights.length;
  const divisor = areIntegers ? row.reduce((shared, value) => gcd(shared, Math.abs(value) / unit), 0) * unit : 1;
  const first = row[column] / divisor;
  const across = Float64Array.from({ length: weights.length / columns }, (_, r) => weights[r * columns + column] / first);
  if (areIntegers && across.some((value) => !Number.isInteger(value / unit))) return null;
  const factors = scaled(
    across,
    row.map((value) => value / divisor),
    precision,
  );
  return factors !== null && areClose(weights, factors, areIntegers ? 0 : null, precision) ? factors : null;
}

/** The value of the lowest bit of a number's significand. */
function lowestBit(value: number): number {
  let bit = 2 ** Math.floor(Math.log2(Math.abs(value)));
  while (!Number.isInteger(value / bit)) bit /= 2;
  return bit;
}

/** The factors at the scale that keeps the passes in range; null where there is none. */
function scaled(across: Float64Array, along: Float64Array, { round }: Precision): Factors | null {
  const sum = across.reduce((total, value) => total + Math.abs(value), 0);
  const scale = 2 ** Math.ceil(Math.log2(sum) + 1);
  const factors = { across: across.map((value) => round(value / scale)), along: along.map((value) => round(value * scale)) };
  return factors.along.every((value) => Math.abs(value) <= LARGEST) ? factors : null;
}

/** Whether products are off by no more than `deviation`, relatively; null: by what two passes leave of the direct bound. */
function areClose(weights: Float64Array, { across, along }: Factors, deviation: number | null, { roundoff }: Precision): boolean {
  const passes = across.length + along.length;
  // The test's own arithmetic is off by two roundoffs of float64.
  const left = (weights.length - passes) * roundoff - 2 ** -52;
  const allowed = deviation ?? left / (1 + (passes * roundoff) / (1 - passes * roundoff));
  return weights.every((weight, at) => {
    const product = across[Math.floor(at / along.length)] * along[at % along.length];
    return Math.abs(weight - product) <= allowed * Math.abs(weight);
  });
}
