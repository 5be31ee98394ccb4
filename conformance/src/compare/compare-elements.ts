/** Element by element: got against a reference with an allowed error for each, and the sentence for the worst. */
import type { AnyTensor } from '@laxconv/api/backend';
import { realValues } from '../oracle/read-values.ts';
import { ConformanceFailure } from '../suite/test.ts';
import { positionOf } from './check-form.ts';
import { formatOf } from './number-formats.ts';

/** A float or complex result to hold to. */
export interface Target {
  /** What the reference is called in the sentence: 'the reference', "JAX's value". */
  readonly name: string;
  readonly values: Float64Array;
  /** Absent: zeros, where the result is complex. */
  readonly imaginary: Float64Array | undefined;
  /** Per element. Infinity: anything may come out. NaN: the reference is not finite, and the result must be what it is. */
  readonly allowed: Float64Array;
  /** Σ|x·w|: where it exceeds `overflow`, a partial sum may have. */
  readonly magnitudes: Float64Array;
  readonly overflow: number;
}

/**
 * Compares a float or complex tensor; complex by modulus.
 * @returns the largest |got − reference| / allowed.
 * @throws ConformanceFailure naming the worst element.
 */
export function compareFloats(got: AnyTensor, target: Target): number {
  const { re, im } = realValues(got);
  let [worst, at, wrong] = [0, -1, 0];
  for (let index = 0; index < re.length; index++) {
    const ratio = ratioAt(index, re[index], im?.[index], target, formatOf(got.dtype).overflow);
    if (ratio > worst) [worst, at] = [ratio, index];
    if (ratio > 1) wrong++;
  }
  if (worst <= 1) return worst;
  const [value, imaginary] = [target.values[at], im && (target.imaginary?.[at] ?? 0)];
  const error = Math.hypot(re[at] - value, (im?.[at] ?? 0) - (imaginary ?? 0));
  throw new ConformanceFailure(
    `element ${positionOf(at, got.shape)} is ${show(re[at], im?.[at])}, ${target.name} is ${show(value, imaginary)}: ` +
      `off by ${error}, allowed ${target.allowed[at]} (${wrong} of ${re.length} elements are off)`,
  );
}

/** Compares an integer or bool tensor exactly. */
export function compareExactly(got: AnyTensor, expected: ArrayLike<number | bigint>, name: string): void {
  const data = got.data as ArrayLike<number | bigint>;
  let wrong = 0;
  let first = -1;
  for (let index = data.length - 1; index >= 0; index--) {
    if (data[index] !== expected[index]) [wrong, first] = [wrong + 1, index];
  }
  if (wrong === 0) return;
  throw new ConformanceFailure(
    `element ${positionOf(first, got.shape)} is ${data[first]}, ${name} is ${expected[first]}: ${got.dtype} is exact (${wrong} of ${data.length} elements are off)`,
  );
}

function ratioAt(index: number, re: number, im: number | undefined, target: Target, overflow: number): number {
  const allowed = target.allowed[index];
  if (allowed === Infinity) return 0;
  const value = target.values[index];
  const imaginary = target.imaginary?.[index] ?? 0;
  if (Number.isNaN(allowed)) {
    // What a complex product of infinities is depends on the formula: any non-finite value will do.
    const same = im === undefined ? Object.is(re, value) : !Number.isFinite(re) || !Number.isFinite(im);
    return same ? 0 : Infinity;
  }
  if (Number.isFinite(re) && Number.isFinite(im ?? 0)) {
    const error = Math.hypot(re - value, (im ?? 0) - imaginary);
    return error === 0 ? 0 : error / allowed;
  }
  if (target.magnitudes[index] + allowed >= target.overflow) return 0;
  return mayBe(re, value, allowed, overflow) && mayBe(im ?? 0, imaginary, allowed, overflow) ? 0 : Infinity;
}

/** Whether a component may have come out as `got`, infinity included where the value comes near the format's end. */
function mayBe(got: number, value: number, allowed: number, overflow: number): boolean {
  if (Number.isFinite(got)) return Math.abs(got - value) <= allowed;
  return got === Infinity ? value + allowed >= overflow : got === -Infinity && value - allowed <= -overflow;
}

function show(re: number, im: number | undefined): string {
  return im === undefined ? String(re) : `${re} ${im < 0 ? '−' : '+'} ${Math.abs(im)}i`;
}
