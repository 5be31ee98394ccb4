/** Convolution by FFT: the same sum with `method: 'fft'`, and refusals of its own. Mirrors `fftconvolve` in jax/_src/scipy/signal.py. */
import type { Resolution } from '../../call/resolution.ts';
import { refuse } from '../../errors.ts';
import type { TensorSpec } from '../../problem/problem.ts';
import { integerSequence } from '../../resolve/arguments.ts';
import { inexactPair, resolveMode, signalConv, type Window } from '../../resolve/signal.ts';
import type { DType } from '../../tensor/dtype.ts';
import { describe } from '../../tensor/describe.ts';
import { checkSameRank, contains } from './direct.ts';

/** The inputs of a convolution or correlation by FFT, and what was asked of it. */
export interface FftConv {
  readonly in1: TensorSpec;
  readonly in2: TensorSpec;
  readonly mode: unknown;
  /** Which axes to convolve along; undefined and null mean all. */
  readonly axes?: unknown;
  readonly reverse: boolean;
  readonly conjugate?: 'in2';
}

/** Checks in JAX's order, then places the window of `mode`. Only 'valid' asks that one input contain the other. */
export function fftConv(op: string, conv: FftConv): Resolution {
  const { in1, in2, reverse, conjugate } = conv;
  const dtype = inexactPair(in1, in2);
  checkSameRank(op, in1, in2);
  const mode = resolveMode(op, conv.mode);
  const axes = axesArgument(op, conv.axes, in1.shape.length);
  const mappedAxes = [...in1.shape.keys()].filter((axis) => !axes.includes(axis));
  const shapes = { in1: in1.shape, in2: in2.shape };
  const got = `got shapes [${in1.shape.join(', ')}] and [${in2.shape.join(', ')}]`;
  if (mappedAxes.some((axis) => in1.shape[axis] !== in2.shape[axis])) {
    throw refuse(
      'axes/mapped',
      `in1 and in2 must have the same sizes along axes ${mappedAxes.join(', ')}, which are not among the axes ${describe(axes)} to convolve, ${got}`,
      {
        op,
        argument: 'in2',
        values: { ...shapes, axes },
      },
    );
  }
  // From here on only the convolved axes count.
  const [sizes1, sizes2] = [in1, in2].map(({ shape }) => axes.map((axis) => shape[axis]));
  if (mode === 'valid' && !contains(sizes1, sizes2) && !contains(sizes2, sizes1)) {
    throw refuse('input/containment', `mode 'valid' needs one input at least as large as the other in every dimension, ${got}`, {
      op,
      argument: 'in2',
      values: shapes,
    });
  }
  const full = sizes1.map((size, d) => size + sizes2[d] - 1);
  checkTransform(op, sizes1, sizes2, full, dtype);
  const windows = full.map((fullSize, d): Window => {
    const size = { full: fullSize, same: sizes1[d], valid: Math.abs(sizes1[d] - sizes2[d]) + 1 }[mode];
    return { start: Math.floor((fullSize - size) / 2), size };
  });
  const missing = windows.findIndex(({ size }, d) => size > full[d]);
  if (missing >= 0) {
    throw refuse(
      'fft/result',
      `mode '${mode}' asks for ${windows[missing].size} of the ${full[missing]} elements along axis ${axes[missing]}, ${got}`,
      {
        op,
        argument: 'mode',
        values: shapes,
      },
    );
  }
  const operands = { in1, in2, dtype, outDType: dtype, mappedAxes, windows };
  return signalConv(op, { ...operands, reverse, ...(conjugate ? { conjugate } : {}), precision: 'default', method: 'fft' });
}

/** The axes to convolve along, ascending, each once; negative ones count from the end. */
function axesArgument(op: string, axes: unknown, rank: number): number[] {
  const all = Array.from({ length: rank }, (_, axis) => axis);
  if (axes === undefined || axes === null) return all;
  const given = integerSequence(op, 'axes', typeof axes === 'number' ? [axes] : axes, 'axes/type');
  const outside = given.find((axis) => axis < -rank || axis >= rank);
  if (outside !== undefined) {
    throw refuse('axes/range', `axis ${outside} of axes ${describe(axes)} does not exist: in1 and in2 have ${rank} dimensions`, {
      op,
      argument: 'axes',
      values: { axes, rank },
    });
  }
  return all.filter((axis) => given.includes(axis) || given.includes(axis - rank));
}

/** JAX transforms unless every axis of one input or the other has one element; its FFT has no half precision and no empty result. */
function checkTransform(op: string, sizes1: readonly number[], sizes2: readonly number[], full: readonly number[], dtype: DType): void {
  if (sizes1.every((size, d) => size === 1 || sizes2[d] === 1)) return;
  const empty = full.findIndex((size) => size < 1);
  if (empty >= 0) {
    throw refuse(
      'fft/size',
      `the full result must have at least one element in every convolved dimension, got sizes ${sizes1[empty]} and ${sizes2[empty]}`,
      {
        op,
        argument: 'in2',
        values: { in1: sizes1, in2: sizes2 },
      },
    );
  }
  if (dtype === 'float16' || dtype === 'bfloat16') {
    throw refuse('fft/dtype', `the FFT takes float32, float64 or complex operands, got ${dtype}; convert(tensor, 'float32') casts`, {
      op,
      argument: 'in1',
      values: { dtype },
    });
  }
}
