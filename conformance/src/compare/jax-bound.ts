/**
 * How far JAX's own values may be from the exact ones (CPU, 0.10.2; docs/numerics.md): pointwise with c = 4, because complex numbers are
 * multiplied by three products; a coarser unit roundoff for three pairs of dtypes; norm-wise where JAX itself transforms.
 */
import { accumulatorOf, type AnyTensor, type ConvProblem, type ErrorBound } from '@laxconv/api/backend';
import type { Reference } from '../oracle/evaluate.ts';
import { realValues } from '../oracle/read-values.ts';
import { checkForm } from './check-form.ts';
import { compareExactly, compareFloats } from './compare-elements.ts';
import { allowedErrors } from './error-bound.ts';
import { formatOf, type NumberFormat } from './number-formats.ts';

/** A problem's operands and reference. */
export interface Evaluated {
  readonly problem: ConvProblem;
  readonly lhs: AnyTensor;
  readonly reference: Reference;
}

const BY_PRODUCTS: ErrorBound = { kind: 'pointwise', c: 4 };
const BY_TRANSFORM: ErrorBound = { kind: 'signal', c: 4 };

/** The format that JAX's CPU backend effectively adds in. */
function accumulationOf({ lhs, out }: ConvProblem): NumberFormat | undefined {
  // bf16 → f16 rounds to bf16 first; f16 → bf16 rounds the operands first; complex64 → complex128 has float32's accuracy only.
  if (lhs.dtype === 'bfloat16' && out.dtype === 'float16') return { ...formatOf('float32'), roundoff: formatOf('bfloat16').roundoff };
  if (lhs.dtype === 'float16' && out.dtype === 'bfloat16') return { ...formatOf('float32'), roundoff: formatOf('bfloat16').roundoff };
  if (lhs.dtype === 'complex64' && out.dtype === 'complex128') return formatOf('complex64');
  return undefined;
}

/**
 * What JAX's value may be off by, per element of the problem's output; `transforms` says that JAX computes it by FFT.
 * @throws TypeError for integers: they are exact.
 */
export function jaxAllowedErrors({ problem, lhs, reference }: Evaluated, transforms: boolean): Float64Array {
  if (reference.kind === 'exact') throw new TypeError(`${problem.out.dtype} is exact`);
  const bound = transforms ? BY_TRANSFORM : BY_PRODUCTS;
  return allowedErrors({ problem, lhs, reference, bound, accumulation: accumulationOf(problem), nonFinite: 'ieee' });
}

/** Throws unless JAX's value satisfies its own bound; returns the largest error over it. */
export function checkJaxValue(evaluated: Evaluated, jax: AnyTensor, transforms: boolean): number {
  const { problem, reference } = evaluated;
  checkForm(jax, problem.out);
  if (reference.kind === 'exact') {
    compareExactly(jax, reference.values, 'the reference');
    return 0;
  }
  const allowed = jaxAllowedErrors(evaluated, transforms);
  const { values, imaginary, magnitudes } = reference;
  return compareFloats(jax, {
    name: 'the reference',
    values,
    imaginary,
    allowed,
    magnitudes,
    overflow: formatOf(accumulatorOf(problem)).overflow,
  });
}

/** A call's result beside JAX's. */
export interface JaxComparison {
  /** The call's result, and JAX's, of the same form. */
  readonly got: AnyTensor;
  readonly jax: AnyTensor;
  /** What the plan that computed it declares, and its backend. */
  readonly errorBound: ErrorBound;
  readonly nonFinite?: 'ieee' | 'unspecified' | undefined;
  /** Which element of the problem's output each element of the result is; absent: the same one. */
  readonly from?: Int32Array | undefined;
}

/** Throws unless |got − jax| is within the plan's bound and JAX's own together, plus the rounding of a cast where there was one. */
export function checkAgainstJax(evaluated: Evaluated, comparison: JaxComparison, transforms: boolean): void {
  const { got, jax, errorBound, nonFinite, from } = comparison;
  const { problem, lhs, reference } = evaluated;
  checkForm(got, jax);
  if (reference.kind === 'exact') {
    compareExactly(got, jax.data, "JAX's value");
    return;
  }
  const ours = allowedErrors({ problem, lhs, reference, bound: errorBound, nonFinite });
  const theirs = jaxAllowedErrors(evaluated, transforms);
  const { re, im } = realValues(jax);
  const { roundoff, smallestNormal } = formatOf(jax.dtype);
  const cast = jax.dtype === problem.out.dtype ? () => 0 : (value: number) => 2 * roundoff * value + smallestNormal;
  const source = from ?? Int32Array.from(re, (_, index) => index);
  compareFloats(got, {
    name: "JAX's value",
    values: re,
    imaginary: im,
    allowed: Float64Array.from(source, (at, index) => {
      const value = Math.hypot(re[index], im?.[index] ?? 0);
      // Where JAX itself is not finite, the reference has been held to already.
      const allowed = Number.isFinite(value) ? ours[at] + theirs[at] + cast(value) : Infinity;
      return Number.isNaN(allowed) ? Infinity : allowed;
    }),
    magnitudes: Float64Array.from(source, (at) => reference.magnitudes[at]),
    overflow: formatOf(accumulatorOf(problem)).overflow,
  });
}
