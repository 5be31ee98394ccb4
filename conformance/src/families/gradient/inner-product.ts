/**
 * ⟨a, b⟩ = Σ a·b of two tensors, bilinear: no conjugate is taken for complex dtypes. Exactly where both hold integers and nothing was
 * rounded, else in float64 with what may be missing.
 */
import type { AnyTensor, DType } from '@laxconv/api/backend';
import { allowedErrors } from '../../compare/error-bound.ts';
import { formatOf } from '../../compare/number-formats.ts';
import { evaluate, type FloatReference } from '../../oracle/evaluate.ts';
import { realValues, type RealValues } from '../../oracle/read-values.ts';
import { CompensatedSum } from '../../oracle/sums.ts';
import { ConformanceFailure } from '../../suite/test.ts';
import { isPlain, type Made } from './gradient-lab.ts';

/** A bound of what a result may be off by, per element. */
export interface Accuracy {
  /** Every sum of these operands is exact, and the result's dtypes hold it. */
  readonly isExact: boolean;
  /** Infinity where a sum may leave the dtype's range: nothing is said then. */
  readonly allowed: number;
}

/** How accurate a result of integers or floats has to be. `dtypes`: those that the sum is rounded to on its way. */
export function accuracyOf({ run }: Made, dtypes: readonly DType[], nonFinite: 'ieee' | 'unspecified'): Accuracy {
  const reference = evaluate(run.problem, run.lhs, run.rhs) as FloatReference;
  const largest = reference.magnitudes.reduce((most, magnitude) => Math.max(most, magnitude), 0);
  const formats = dtypes.map(formatOf);
  const isExact =
    isPlain(run) && holdsIntegers(run.lhs) && holdsIntegers(run.rhs) && formats.every(({ roundoff }) => largest <= 1 / roundoff);
  if (isExact) return { isExact, allowed: 0 };
  if (formats.some(({ overflow }) => largest * 2 >= overflow)) return { isExact, allowed: Infinity };
  const bound = { problem: run.problem, lhs: run.lhs, reference, bound: run.errorBound, nonFinite };
  const sums = allowedErrors(bound).reduce((most, allowed) => Math.max(most, allowed), 0);
  const casts = formats.reduce((total, { roundoff, smallestNormal }) => total + roundoff * (largest + sums) + smallestNormal, 0);
  return { isExact, allowed: sums + casts };
}

function holdsIntegers(tensor: AnyTensor): boolean {
  const { re, im } = realValues(tensor);
  return re.every(Number.isInteger) && (im?.every(Number.isInteger) ?? true);
}

/** A sum, how far rounding may have moved it from the exact one, and Σ|b| of its second factor. */
interface InnerProduct {
  readonly re: number;
  readonly im: number;
  readonly slack: number;
  readonly weight: number;
}

/** Σ a·b. Exact where all partial sums are integers below 2⁵³, as they are for small integers. */
export function innerProduct(a: AnyTensor, b: AnyTensor): InnerProduct {
  const [x, y] = [realValues(a), realValues(b)];
  const [re, im] = [new CompensatedSum(), new CompensatedSum()];
  let weight = 0;
  let total = 0;
  for (let index = 0; index < x.re.length; index++) {
    const [ar, ai] = at(x, index);
    const [br, bi] = at(y, index);
    re.add(ar, br);
    re.add(-ai, bi);
    im.add(ar, bi);
    im.add(ai, br);
    const modulus = Math.hypot(br, bi);
    weight += modulus;
    total += modulus * Math.hypot(ar, ai);
  }
  const [real, imaginary] = [re.value(), im.value()];
  return { re: real, im: imaginary, weight, slack: 2 ** -51 * Math.hypot(real, imaginary) + 2 ** -90 * total };
}

function at({ re, im }: RealValues, index: number): readonly [number, number] {
  return [re[index], im?.[index] ?? 0];
}

/** Throws unless the sums are as near as both accuracies allow; `a` and `b` are what the second factors weigh. */
export function expectSame(
  left: { readonly product: InnerProduct; readonly accuracy: Accuracy; readonly name: string },
  right: { readonly product: InnerProduct; readonly accuracy: Accuracy; readonly name: string },
): void {
  if (left.accuracy.allowed === Infinity || right.accuracy.allowed === Infinity) return;
  const allowed = allowance(left) + allowance(right);
  const error = Math.hypot(left.product.re - right.product.re, left.product.im - right.product.im);
  if (error <= allowed) return;
  const isExact = left.accuracy.isExact && right.accuracy.isExact;
  throw new ConformanceFailure(
    `${left.name} is ${show(left.product)} and ${right.name} is ${show(right.product)}: ` +
      (isExact ? 'sums of small integers, which are exact' : `${error} apart, ${allowed} is allowed`),
  );
}

function allowance({ product, accuracy }: { readonly product: InnerProduct; readonly accuracy: Accuracy }): number {
  return accuracy.isExact ? 0 : accuracy.allowed * product.weight + product.slack;
}

function show({ re, im }: InnerProduct): string {
  return im === 0 ? String(re) : `${re} + ${im}i`;
}
