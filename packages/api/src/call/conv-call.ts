/**
 * A call as a user writes it, as data: goldens and bug reports are made of it. `resolve` turns it into ConvProblems.
 */
import type { TensorSpec } from '../problem/problem.ts';

/** The public functions, by the name that `explain` and ConvCall use. */
export type FunctionName =
  | 'lax.conv'
  | 'lax.convWithGeneralPadding'
  | 'lax.convGeneralDilated'
  | 'lax.convTranspose'
  | 'lax.convGeneralDilatedPatches'
  | 'lax.convGeneralDilatedLocal'
  | 'lax.convGeneralDilatedVjp'
  | 'lax.convTransposeVjp'
  | 'lax.prepareConvGeneralDilated'
  | 'lax.prepareConvTranspose'
  | 'lax.convDimensionNumbers'
  | 'numpy.convolve'
  | 'numpy.correlate'
  | 'scipy.signal.convolve'
  | 'scipy.signal.correlate'
  | 'scipy.signal.convolve2d'
  | 'scipy.signal.correlate2d'
  | 'scipy.signal.fftconvolve';

/** JSON; `null` is Python's None, arrays are Python's tuples. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** One call of a public function: `fn(...operands, ...args)`. */
export interface ConvCall {
  /** The function, by name. */
  readonly fn: FunctionName;
  /** The tensors, which every function takes first. Where the data comes from is up to who stores the call. */
  readonly operands: readonly TensorSpec[];
  /** The arguments after the operands, in order; the last may be the options object. */
  readonly args: readonly unknown[];
}
