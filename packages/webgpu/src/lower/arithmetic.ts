/**
 * What a problem is computed in. Operands are converted to the accumulator's dtype (docs/semantics.md), which the kernels know as one of
 * three arithmetics of 32-bit elements; WGSL has no others.
 */
import { accumulatorOf, UnsupportedProblemError, type ConvProblem, type DType } from '@laxconv/api/backend';
import { NAME } from '../name.ts';

/** The arithmetic of a kernel. i32 serves every integer and bool: sums are right modulo 2³², and so modulo every narrower width. */
export type Arithmetic = 'f32' | 'i32' | 'c64';

/** The dtype whose tensors are what a kernel of the arithmetic reads and writes. */
export const DTYPE_OF: Readonly<Record<Arithmetic, DType>> = { f32: 'float32', i32: 'int32', c64: 'complex64' };

/** The type of its elements in WGSL. */
export const TYPE_OF: Readonly<Record<Arithmetic, string>> = { f32: 'f32', i32: 'i32', c64: 'vec2f' };

/** What has no counterpart in WGSL, and what to take instead. */
const ABSENT: Partial<Record<DType, string>> = {
  float64: 'WGSL has no 64-bit floats: convert to float32',
  complex128: 'WGSL has no 64-bit floats: convert to complex64',
  int64: 'WGSL has no 64-bit integers: convert to int32',
  uint64: 'WGSL has no 64-bit integers: convert to uint32',
};

/** Why a GPU has no tensors of `dtype`; undefined where it has. */
export function whyAbsent(dtype: DType): string | undefined {
  const reason = ABSENT[dtype];
  return reason === undefined ? undefined : `${dtype} is not supported, since ${reason}, or use the wasm backend`;
}

/**
 * The arithmetic of `problem`.
 * @throws UnsupportedProblemError where a dtype has no counterpart in WGSL
 */
export function arithmeticOf(problem: ConvProblem): Arithmetic {
  for (const { dtype } of [problem.lhs, problem.out]) {
    const reason = whyAbsent(dtype);
    if (reason !== undefined) throw new UnsupportedProblemError(NAME, reason, problem);
  }
  switch (accumulatorOf(problem)) {
    case 'float32':
      return 'f32';
    case 'complex64':
      return 'c64';
    default:
      return 'i32';
  }
}

/** True where a tensor of `dtype` is already what a kernel reads: uint32 has the bits of int32. */
export function isStoredAs(dtype: DType, arithmetic: Arithmetic): boolean {
  return dtype === DTYPE_OF[arithmetic] || (dtype === 'uint32' && arithmetic === 'i32');
}
