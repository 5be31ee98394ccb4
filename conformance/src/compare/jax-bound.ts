/**
 * How far JAX's own values may be from the exact ones (CPU, 0.10.2; SEMANTICS §9): pointwise with c = 4, because complex numbers are
 * multiplied by three products; a coarser unit roundoff for three pairs of dtypes; norm-wise where JAX itself transforms.
 */
import { accumulatorOf, type AnyTensor, type ConvProblem, type ErrorBound } from '@laxconv/api/backend';
import type { Reference } from '../oracle/evaluate.ts';
import { decoded, realValues } from '../oracle/read-values.ts';
import { checkForm, compareExactly, compareFloats } from './compare-elements.ts';
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

/**
 * Throws unless |got − jax| is within the plan's bound and JAX's own together. Both tensors have the layout of the problem's output.
 */
export function checkAgainstJax(
  evaluated: Evaluated,
  run: { readonly got: AnyTensor; readonly jax: AnyTensor; readonly errorBound: ErrorBound; readonly nonFinite?: 'ieee' | 'unspecified' },
  transforms: boolean,
): void {
  const { problem, lhs, reference } = evaluated;
  checkForm(run.jax, problem.out);
  if (reference.kind === 'exact') {
    compareExactly(run.got, decodedExactly(run.jax), "JAX's value");
    return;
  }
  const ours = allowedErrors({ problem, lhs, reference, bound: run.errorBound, nonFinite: run.nonFinite });
  const theirs = jaxAllowedErrors(evaluated, transforms);
  const { re, im } = realValues(run.jax);
  compareFloats(run.got, {
    name: "JAX's value",
    values: re,
    imaginary: im,
    // Where JAX itself overflowed, the reference has been held to already.
    allowed: ours.map((allowed, index) => (Number.isFinite(re[index]) && Number.isFinite(im?.[index] ?? 0) ? allowed + theirs[index] : Infinity)),
    magnitudes: reference.magnitudes,
    overflow: formatOf(accumulatorOf(problem)).overflow,
  });
}

function decodedExactly(tensor: AnyTensor): ArrayLike<number | bigint> {
  return tensor.dtype === 'int64' || tensor.dtype === 'uint64' ? (tensor.data as BigInt64Array) : decoded(tensor);
}
