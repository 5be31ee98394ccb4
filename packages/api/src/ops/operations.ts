/** Every public function that computes, by name: what `explain`, `resolve` and the instance look up. */
import type { FunctionName } from '../call/conv-call.ts';
import type { Operation } from '../call/resolution.ts';
import { refuse } from '../errors.ts';
import { describe } from '../tensor/describe.ts';
import { convGeneralDilatedLocal } from './lax/conv-general-dilated-local.ts';
import { convGeneralDilatedPatches } from './lax/conv-general-dilated-patches.ts';
import { convGeneralDilated, prepareConvGeneralDilated } from './lax/conv-general-dilated.ts';
import { convTranspose, prepareConvTranspose } from './lax/conv-transpose.ts';
import { conv } from './lax/conv.ts';
import { convWithGeneralPadding } from './lax/conv-with-general-padding.ts';
import { convolve, correlate } from './numpy/convolve.ts';
import { convolve as signalConvolve, correlate as signalCorrelate } from './scipy-signal/convolve.ts';
import { convolve2d, correlate2d } from './scipy-signal/convolve2d.ts';
import { fftconvolve } from './scipy-signal/fftconvolve.ts';
import { convGeneralDilatedVjp, convTransposeVjp } from './vjp/vjp.ts';

/** The functions that resolve to convolutions; `lax.convDimensionNumbers` does not. */
export type OperationName = Exclude<FunctionName, 'lax.convDimensionNumbers'>;

/** The one table of functions. */
export const OPERATIONS: Readonly<Record<OperationName, Operation>> = {
  'lax.conv': conv,
  'lax.convWithGeneralPadding': convWithGeneralPadding,
  'lax.convGeneralDilated': convGeneralDilated,
  'lax.convTranspose': convTranspose,
  'lax.convGeneralDilatedPatches': convGeneralDilatedPatches,
  'lax.convGeneralDilatedLocal': convGeneralDilatedLocal,
  'lax.convGeneralDilatedVjp': convGeneralDilatedVjp,
  'lax.convTransposeVjp': convTransposeVjp,
  'lax.prepareConvGeneralDilated': prepareConvGeneralDilated,
  'lax.prepareConvTranspose': prepareConvTranspose,
  'numpy.convolve': convolve,
  'numpy.correlate': correlate,
  'scipy.signal.convolve': signalConvolve,
  'scipy.signal.correlate': signalCorrelate,
  'scipy.signal.convolve2d': convolve2d,
  'scipy.signal.correlate2d': correlate2d,
  'scipy.signal.fftconvolve': fftconvolve,
};

/** The operation named `fn`, or a refusal of `op`'s that lists the names. */
export function operationNamed(op: string, fn: unknown): Operation {
  if (typeof fn === 'string' && Object.hasOwn(OPERATIONS, fn)) return OPERATIONS[fn as OperationName];
  throw refuse('call/function', `there is no function ${describe(fn)}; there are ${Object.keys(OPERATIONS).join(', ')}`, {
    op,
    argument: 'fn',
    values: { fn },
  });
}
