/** Outer products and what is none: the residual, zeros, and numbers at the ends of the range. */
import { describe, expect, test } from 'vitest';
import { factorsOf, PRECISIONS, type Precision } from './factor.ts';

const { f32: SINGLE, f64: DOUBLE } = PRECISIONS;

function outer(across: readonly number[], along: readonly number[], round = Math.fround): Float64Array {
  return Float64Array.from(across.flatMap((a) => along.map((b) => round(a * b))));
}

function gaussian(size: number, width: number): number[] {
  return Array.from({ length: size }, (_, i) => Math.exp(-((i - (size - 1) / 2) ** 2) / (2 * width ** 2)));
}

/** The largest relative deviation of the products from the weights, in units of roundoff. */
function deviation(weights: Float64Array, columns: number, precision: Precision): number {
  const factors = factorsOf(weights, columns, precision);
  if (factors === null) return Infinity;
  return Math.max(
    ...Array.from(weights, (weight, at) => {
      const product = factors.across[Math.floor(at / columns)] * factors.along[at % columns];
      return Math.abs(weight - product) / Math.abs(weight) / precision.roundoff;
    }),
  );
}

describe('finds', () => {
  test('rounded Gaussians of several sizes', () => {
    for (const size of [4, 5, 7, 15, 31]) {
      const weights = outer(gaussian(size, size / 5), gaussian(size, size / 4));
      expect(deviation(weights, size, SINGLE)).toBeLessThan(size * size - 2 * size);
      expect(deviation(outer(gaussian(size, 2), gaussian(size, 3), Number), size, DOUBLE)).toBeLessThan(size * size - 2 * size);
    }
  });

  test('boxes and powers of two exactly, of both signs', () => {
    expect(deviation(outer([1, -1, 1], [1, 1, 1]), 3, SINGLE)).toBe(0);
    expect(deviation(outer([1, 4, 0.25, -8], [2, -16, 1]), 3, SINGLE)).toBe(0);
  });

  test('integers as integers, without their common divisor', () => {
    const factors = factorsOf(outer([2, -4, 6], [9, 15, -21]), 3, SINGLE);
    const ratios = factors?.along.map((value) => value / Math.abs(factors.along[0] / 3));
    expect(ratios).toEqual(Float64Array.from(factors?.along[0] === undefined || factors.along[0] > 0 ? [3, 5, -7] : [-3, -5, 7]));
    expect(deviation(outer([2, -4, 6], [9, 15, -21]), 3, SINGLE)).toBe(0);
    expect(deviation(outer([3, 3, 3], [1 / 27, 1 / 27, 1 / 27]), 3, SINGLE)).toBe(0);
  });

  test('factors whose first pass sums to less than 1, whatever the weights', () => {
    for (const scale of [2 ** -60, 1, 2 ** 10]) {
      const factors = factorsOf(outer([1, 2, 3, 4], [scale, 2 * scale, -scale]), 3, SINGLE);
      expect(factors?.across.reduce((sum, value) => sum + Math.abs(value), 0)).toBeLessThan(1);
    }
  });
});

describe('finds nothing in', () => {
  const weights = outer(gaussian(7, 1.5), gaussian(7, 1.5));

  test('a weight that is off by more than the passes save', () => {
    for (const at of [0, 24, 48]) {
      const changed = weights.slice();
      changed[at] *= 1 + 60 * SINGLE.roundoff;
      expect(factorsOf(changed, 7, SINGLE)).toBeNull();
    }
  });

  test('a zero, a NaN, an infinity', () => {
    for (const value of [0, NaN, Infinity]) {
      const changed = weights.slice();
      changed[10] = value;
      expect(factorsOf(changed, 7, SINGLE)).toBeNull();
    }
    expect(factorsOf(outer([1, 0, 2], [1, 2, 3]), 3, SINGLE)).toBeNull();
  });

  test('2 × 2 weights that are not exact: two passes have as many products', () => {
    expect(factorsOf(outer([1, 2], [3, 5]), 2, SINGLE)).not.toBeNull();
    expect(factorsOf(outer([0.1, 0.7], [0.3, 0.9]), 2, SINGLE)).toBeNull();
  });

  test('weights so large that what a subnormal sum loses would show', () => {
    expect(factorsOf(outer([1, 2, 3, 4], [2 ** 30, 2 ** 31, 2 ** 30]), 3, SINGLE)).toBeNull();
  });

  test('weights without an order', () => {
    expect(
      factorsOf(
        Float64Array.from({ length: 25 }, (_, i) => Math.sin(i * i + 1)),
        5,
        SINGLE,
      ),
    ).toBeNull();
  });
});
