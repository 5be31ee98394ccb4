/**
 * The convolutions of numpy and scipy.signal as ConvProblems: one batch, one feature, the window placed on the full result. No operand
 * is swapped or reversed; `windowReversal` makes the flip of a convolution.
 */
import { castView } from '../tensor/view.ts';
import type { Resolution, Source } from '../call/resolution.ts';
import { refuse } from '../errors.ts';
import { freezeProblem, type Method, type Precision, type TensorSpec } from '../problem/problem.ts';
import type { DType } from '../tensor/dtype.ts';
import { describe, sizeOf } from '../tensor/tensor.ts';
import { promote, toInexact } from './dtype-rules.ts';

export type Mode = 'full' | 'same' | 'valid';

/** `mode` as one of the three, or a refusal. */
export function resolveMode(op: string, mode: unknown): Mode {
  if (mode === 'full' || mode === 'same' || mode === 'valid') return mode;
  throw refuse('mode/unknown', `mode must be 'full', 'same' or 'valid', got ${describe(mode)}`, { op, argument: 'mode', values: { mode } });
}

/** The part of the full result that is wanted, per dimension: its first index and its size. */
export interface Window {
  readonly start: number;
  readonly size: number;
}

/** A convolution (or, unreversed, a correlation) of two signals of equal rank. */
export interface SignalConv {
  readonly in1: TensorSpec;
  readonly in2: TensorSpec;
  /** The dtype that both operands are cast to. */
  readonly dtype: DType;
  readonly outDType: DType;
  readonly windows: readonly Window[];
  /** true: convolution; false: cross-correlation. */
  readonly reverse: boolean;
  /** Which operand is conjugated, where complex. */
  readonly conjugate?: 'in1' | 'in2';
  readonly precision: Precision;
  readonly method: Method;
}

/** The resolution of a signal convolution: in1 is the lhs, in2 the rhs. */
export function signalConv(conv: SignalConv): Resolution {
  const { in1, in2, dtype, outDType, windows, reverse, conjugate, precision, method } = conv;
  const out: TensorSpec = { shape: windows.map(({ size }) => size), dtype: outDType };
  const lhs = signalSource(0, in1, dtype, conjugate === 'in1');
  const rhs = signalSource(1, in2, dtype, conjugate === 'in2');
  if ([in1, in2, out].some(({ shape }) => sizeOf(shape) === 0)) return { steps: [{ problem: null, lhs, rhs, out }] };
  const ones = windows.map(() => 1);
  const axes = [0, 1, ...windows.map((_, d) => d + 2)];
  const problem = freezeProblem({
    lhs: { shape: [1, 1, ...in1.shape], dtype },
    rhs: { shape: [1, 1, ...in2.shape], dtype },
    out: { shape: [1, 1, ...out.shape], dtype: outDType },
    lhsSpec: axes,
    rhsSpec: axes,
    outSpec: axes,
    windowStrides: ones,
    padding: windows.map(({ start, size }, d) => {
      const lo = in2.shape[d] - 1 - start;
      return [lo, size + in2.shape[d] - 1 - in1.shape[d] - lo];
    }),
    lhsDilation: ones,
    rhsDilation: ones,
    windowReversal: windows.map(() => reverse),
    featureGroupCount: 1,
    batchGroupCount: 1,
    precision,
    method,
  });
  return { steps: [{ problem, lhs, rhs, out }] };
}

function signalSource(index: number, spec: TensorSpec, dtype: DType, conjugate: boolean): Source {
  const conjugated = conjugate && dtype.startsWith('complex');
  if (spec.dtype === dtype && !conjugated) return { from: 'operand', index };
  return { from: 'operand', index, view: { ...castView(spec.shape, dtype), conjugate: conjugated } };
}

/** The pair promoted, then made inexact: what numpy.convolve and scipy.signal compute in. */
export function inexactPair(in1: TensorSpec, in2: TensorSpec): DType {
  return toInexact(promote(in1.dtype, in2.dtype));
}
