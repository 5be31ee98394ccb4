/**
 * The convolutions of numpy and scipy.signal as ConvProblems: one batch, one feature, the window placed on the full result. No operand
 * is swapped or reversed; `windowReversal` makes the flip of a convolution.
 */
import type { ConvStep, Resolution, Source } from '../call/resolution.ts';
import { refuse } from '../errors.ts';
import { frozenUnlessEmpty } from '../problem/freeze-problem.ts';
import type { Method, Precision, TensorSpec } from '../problem/problem.ts';
import { DTYPES, type DType } from '../tensor/dtype.ts';
import { describe } from '../tensor/describe.ts';
import { sizeOf } from '../tensor/tensor.ts';
import { transposedView } from '../tensor/view.ts';
import { promote, toInexact } from './dtype-rules.ts';
import { checkMeasurable } from './verify.ts';

/** Which part of the full result of a signal convolution is wanted. */
export type Mode = 'full' | 'same' | 'valid';

/** `mode` as one of the three, or a refusal. */
export function resolveMode(op: string, mode: unknown): Mode {
  if (mode === 'full' || mode === 'same' || mode === 'valid') return mode;
  throw refuse('mode/unknown', `mode must be 'full', 'same' or 'valid', in its place before the options, got ${describe(mode)}`, {
    op,
    argument: 'mode',
    values: { mode },
  });
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
  /** Axes along which the inputs pair up element by element, ascending; default none. Their sizes agree. */
  readonly mappedAxes?: readonly number[];
  /** What is wanted along each of the other axes, ascending. */
  readonly windows: readonly Window[];
  /** true: convolution; false: cross-correlation. */
  readonly reverse: boolean;
  /** Which operand is conjugated, where complex. */
  readonly conjugate?: 'in1' | 'in2';
  readonly precision: Precision;
  readonly method: Method;
}

/** The resolution of a signal convolution: in1 is the lhs, in2 the rhs; mapped axes are feature groups. */
export function signalConv(op: string, conv: SignalConv): Resolution {
  const { in1, in2, dtype, outDType, mappedAxes = [], windows, reverse, conjugate, precision, method } = conv;
  const convolvedAxes = [...in1.shape.keys()].filter((axis) => !mappedAxes.includes(axis));
  const order = [...mappedAxes, ...convolvedAxes];
  const [sizes1, sizes2] = [in1, in2].map(({ shape }) => convolvedAxes.map((axis) => shape[axis]));
  const mappedSizes = mappedAxes.map((axis) => in1.shape[axis]);
  const groups = sizeOf(mappedSizes);
  const outSizes = windows.map(({ size }) => size);
  checkMeasurable(op, 'mode', [groups, ...outSizes]);

  const ones = windows.map(() => 1);
  const axes = [0, 1, ...windows.map((_, d) => d + 2)];
  const problem = frozenUnlessEmpty({
    lhs: { shape: [1, groups, ...sizes1], dtype },
    rhs: { shape: [groups, 1, ...sizes2], dtype },
    out: { shape: [1, groups, ...outSizes], dtype: outDType },
    lhsSpec: axes,
    rhsSpec: axes,
    outSpec: axes,
    windowStrides: ones,
    padding: windows.map(({ start, size }, d) => {
      const lo = sizes2[d] - 1 - start;
      return [lo, size + sizes2[d] - 1 - sizes1[d] - lo];
    }),
    lhsDilation: ones,
    rhsDilation: ones,
    windowReversal: windows.map(() => reverse),
    featureGroupCount: groups,
    batchGroupCount: 1,
    precision,
    method,
  });
  const orderedOut = [...mappedSizes, ...outSizes];
  const inverse = order.map((_, axis) => order.indexOf(axis));
  const step: ConvStep = {
    problem,
    lhs: signalSource(0, in1, order, dtype, conjugate === 'in1'),
    rhs: signalSource(1, in2, order, dtype, conjugate === 'in2'),
    out: { shape: inverse.map((position) => orderedOut[position]), dtype: outDType },
    ...(isAscending(order) ? {} : { view: transposedView(orderedOut, inverse, outDType) }),
  };
  return { steps: [step] };
}

/** An input with its axes in `order`: read as it is where nothing changes. */
function signalSource(index: number, spec: TensorSpec, order: readonly number[], dtype: DType, conjugate: boolean): Source {
  const conjugated = conjugate && DTYPES[dtype].kind === 'complex';
  if (spec.dtype === dtype && !conjugated && isAscending(order)) return { from: 'operand', index };
  return { from: 'operand', index, view: { ...transposedView(spec.shape, order, dtype), conjugate: conjugated } };
}

function isAscending(order: readonly number[]): boolean {
  return order.every((axis, position) => axis === position);
}

/** The pair promoted, then made inexact: what numpy.convolve and scipy.signal compute in. */
export function inexactPair(in1: TensorSpec, in2: TensorSpec): DType {
  return toInexact(promote(in1.dtype, in2.dtype));
}
