/** The bounds by kind: what each allows, and what a plan may not declare. */
import type { AnyTensor, ConvProblem, DType, ErrorBound } from '@laxconv/api/backend';
import { describe, expect, test } from 'vitest';
import { ConformanceFailure } from '../suite/test.ts';
import { checkResult, type CheckedRun } from './check-result.ts';

const POINTWISE: ErrorBound = { kind: 'pointwise', c: 1 };

/** One output of n taps, and `out` outputs where the input is longer. */
function problem(dtype: DType, input: number, taps: number, changes: Partial<ConvProblem> = {}): ConvProblem {
  return {
    lhs: { shape: [1, 1, input], dtype },
    rhs: { shape: [1, 1, taps], dtype },
    out: { shape: [1, 1, input - taps + 1], dtype },
    lhsSpec: [0, 1, 2],
    rhsSpec: [0, 1, 2],
    outSpec: [0, 1, 2],
    windowStrides: [1],
    padding: [[0, 0]],
    lhsDilation: [1],
    rhsDilation: [1],
    windowReversal: [false],
    featureGroupCount: 1,
    batchGroupCount: 1,
    precision: 'default',
    method: 'auto',
    ...changes,
  };
}

const f32 = (...values: number[]): AnyTensor => ({ dtype: 'float32', shape: [1, 1, values.length], data: Float32Array.from(values) });
const i32 = (...values: number[]): AnyTensor => ({ dtype: 'int32', shape: [1, 1, values.length], data: Int32Array.from(values) });

/** Holds `got` to the sum of lhs · rhs. */
function check(
  lhs: AnyTensor,
  rhs: AnyTensor,
  got: AnyTensor,
  errorBound: ErrorBound = POINTWISE,
  changes: Partial<ConvProblem> = {},
): number {
  return checkResult({ problem: problem(lhs.dtype, lhs.data.length, rhs.data.length, changes), lhs, rhs, got, errorBound }).errorOverBound;
}

describe('pointwise', () => {
  const u = 2 ** -24;

  test('allows c·γ(K)·Σ|x·w| and one rounding, no more', () => {
    // K = 2, Σ|x·w| = 2, the sum 0.
    const at = (error: number): number => check(f32(1, 1), f32(1, -1), f32(error));
    expect(at(0)).toBe(0);
    expect(at(3.9 * u)).toBeCloseTo(3.9 / 4, 3);
    expect(() => at(4.1 * u)).toThrow(ConformanceFailure);
  });

  test('allows what WGSL may flush to zero to a backend that says so', () => {
    const [x, w] = [f32(100), f32(1e-39)];
    const at = (nonFinite: 'ieee' | 'unspecified'): CheckedRun =>
      checkResult({ problem: problem('float32', 1, 1), lhs: x, rhs: w, got: f32(0), errorBound: POINTWISE, nonFinite });
    expect(at('unspecified').errorOverBound).toBeLessThan(1);
    expect(() => at('ieee')).toThrow(ConformanceFailure);
  });

  test('names the worst element: where, what, the reference, what is allowed', () => {
    expect(() => check(f32(1, 2, 3), f32(1), f32(1, 5, 3.5))).toThrow(
      /element \[0, 0, 1\] is 5, the reference is 2: off by 3, allowed .* \(2 of 3 elements are off\)/,
    );
  });

  test('keeps NaN and infinity where they belong', () => {
    expect(check(f32(NaN, 1), f32(1), f32(NaN, 1))).toBe(0);
    expect(() => check(f32(NaN, 1), f32(1), f32(NaN, NaN))).toThrow('element [0, 0, 1] is NaN');
    expect(() => check(f32(NaN, 1), f32(1), f32(0, 1))).toThrow('the reference is NaN');
    expect(() => check(f32(Infinity), f32(1), f32(-Infinity))).toThrow(ConformanceFailure);
  });

  test('takes infinity for a sum that overflows, and only of its sign', () => {
    expect(check(f32(3e38, 3e38), f32(1, 1), f32(Infinity))).toBe(0);
    expect(() => check(f32(3e38), f32(1), f32(Infinity))).toThrow(ConformanceFailure);
  });

  test('allows flushed subnormals', () => {
    expect(check(f32(1e-40), f32(1), f32(0))).toBeLessThan(1);
  });
});

describe('complex numbers', () => {
  const c64 = (...data: number[]): AnyTensor => ({ dtype: 'complex64', shape: [1, 1, data.length / 2], data: Float32Array.from(data) });
  const complexProblem = problem('complex64', 1, 1);
  const run = (re: number, im: number): number =>
    checkResult({ problem: complexProblem, lhs: c64(3, 4), rhs: c64(1, 2), got: c64(re, im), errorBound: POINTWISE }).errorOverBound;

  test('are held by modulus, against the product of moduli', () => {
    expect(run(-5, 10)).toBe(0);
    expect(run(-5 + 2 ** -21, 10)).toBeLessThan(1);
    expect(() => run(5, 10)).toThrow('is 5 + 10i, the reference is -5 + 10i');
  });
});

describe('integers', () => {
  test('are exact', () => {
    expect(check(i32(2), i32(3), i32(6), { kind: 'exact' })).toBe(0);
    expect(() => check(i32(2), i32(3), i32(7), { kind: 'exact' })).toThrow('is 7, the reference is 6: int32 is exact');
    expect(() => check(i32(2), i32(3), i32(6), POINTWISE)).toThrow('int32 results are exact');
  });
});

describe('tile', () => {
  const error = 2 ** -13;
  // 1000 stands two positions from the window of the first output, whose own products are 1.
  const far = (tile: number): number => check(f32(1, 1, 1, 1000), f32(1, 1), f32(2 + error, 2, 1001), { kind: 'tile', c: 1, tile: [tile] });

  test('looks as far as a tile reaches beyond the window', () => {
    expect(far(3)).toBeLessThan(1);
    expect(() => far(2)).toThrow('element [0, 0, 0]');
  });

  test('needs a size per dimension', () => {
    expect(() => check(f32(1), f32(1), f32(1), { kind: 'tile', c: 1, tile: [] })).toThrow('one positive size per spatial dimension');
  });
});

describe('signal', () => {
  test('is relative to the norms, wherever the large value stands', () => {
    const got = f32(2 + 2 ** -12, 2, 2, 2, 1001);
    expect(check(f32(1, 1, 1, 1, 1, 1000), f32(1, 1), got, { kind: 'signal', c: 4 })).toBeLessThan(1);
    expect(() => check(f32(1, 1, 1, 1, 1, 1000), f32(1, 1), got)).toThrow(ConformanceFailure);
  });
});

describe('signal, in float64', () => {
  const f64 = (...data: number[]): AnyTensor => ({ dtype: 'float64', shape: [1, 1, data.length], data: Float64Array.from(data) });

  // The squares of such numbers are beyond float64.
  test.each([1e200, 1e-200])('of numbers around %s', (scale) => {
    const wrong = f64(...[2, 2 + 1e-3, 2].map((value) => value * scale));
    expect(check(f64(scale, scale, scale, scale), f64(1, 1), f64(2 * scale, 2 * scale, 2 * scale), { kind: 'signal', c: 4 })).toBe(0);
    expect(() => check(f64(scale, scale, scale, scale), f64(1, 1), wrong, { kind: 'signal', c: 4 })).toThrow(ConformanceFailure);
    expect(
      check(f64(1, 1, 1, 1), f64(scale, scale), f64(2 * scale, 2 * scale, 2 * scale * (1 + 2 ** -52)), { kind: 'signal', c: 4 }),
    ).toBeGreaterThan(0);
  });
});

describe('what a plan may not declare', () => {
  const one = (bound: ErrorBound, changes: Partial<ConvProblem> = {}): number => check(f32(1), f32(1), f32(1), bound, changes);

  test.each<[string, ErrorBound, Partial<ConvProblem>]>([
    ['at most 4', { kind: 'pointwise', c: 4.1 }, {}],
    ['at most 8', { kind: 'tile', c: 9, tile: [4] }, {}],
    ['at most 4', { kind: 'signal', c: 5 }, {}],
    ['above 0', { kind: 'pointwise', c: Number.NaN }, {}],
    ['pointwise kernels only', { kind: 'tile', c: 1, tile: [4] }, { precision: 'highest' }],
    ['forbids the FFT', { kind: 'signal', c: 1 }, { method: 'direct' }],
    ['forbids the FFT', { kind: 'signal', c: 1 }, { precision: 'high' }],
    ['kind must be', { kind: 'relative', c: 1 } as unknown as ErrorBound, {}],
  ])('%s: %j', (sentence, bound, changes) => {
    expect(() => one(bound, changes)).toThrow(sentence);
  });
});

describe('the form', () => {
  test('comes before the values', () => {
    expect(() => check(f32(1), f32(1), i32(1))).toThrow("the result's dtype is int32, expected float32");
    expect(() => check(f32(1, 2), f32(1), f32(1))).toThrow("the result's shape is [1, 1, 1], expected [1, 1, 2]");
    const short = { dtype: 'float32', shape: [1, 1, 2], data: Float32Array.of(1) } as const;
    expect(() => check(f32(1, 2), f32(1), short)).toThrow("the result's data is a Float32Array of 1");
  });
});
