/** A plain convolution of one channel with one kernel, stride 1, nothing dilated: what signal libraries have. */
import type { ErrorBound } from '@laxconv/api/backend';
import type { ConvProblem } from '@laxconv/api/backend';
import { Refusal } from './peer.ts';
import type { PlainConv } from './plain-conv.ts';

/** Along one dimension: the result is `size` elements of the full convolution (in1 + in2 − 1 long), from `start` on. */
export interface SignalDimension {
  readonly input: number;
  readonly kernel: number;
  readonly start: number;
  readonly size: number;
}

/** The convolution as signal libraries have it; their kernel is ours, reversed. Throws a Refusal where it is more than that. */
export function plainSignal({ batch, groups, inChannels, outChannels, spatial }: PlainConv): readonly SignalDimension[] {
  if (spatial.length === 0) throw new Refusal('no convolution without dimensions');
  if (batch * groups * inChannels * outChannels !== 1) throw new Refusal('one signal and one kernel, without channels or a batch');
  return spatial.map(({ input, kernel, output, stride, lhsDilation, rhsDilation, padLow }) => {
    if (stride * lhsDilation * rhsDilation !== 1) throw new Refusal('no strides and no dilations');
    const start = kernel - 1 - padLow;
    if (start < 0 || start + output > input + kernel - 1) throw new Refusal('nothing beyond the full convolution');
    return { input, kernel, start, size: output };
  });
}

/** Refuses a library that uses the Fourier transform where the problem forbids it. */
export function refuseWithoutFft({ precision, method }: ConvProblem): void {
  if (precision !== 'default' || method === 'direct')
    throw new Refusal(`an FFT, which precision ${precision} with method ${method} forbids`);
}

/** Of transforms in the accumulator's dtype or a wider one. */
export const SIGNAL_BOUND: ErrorBound = { kind: 'signal', c: 1 };
