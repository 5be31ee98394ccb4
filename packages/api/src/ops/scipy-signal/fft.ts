/** Convolution by FFT: the same sum with `method: 'fft'`, and refusals of its own. Mirrors `fftconvolve` in jax/_src/scipy/signal.py. */
import type { Resolution } from '../../call/resolution.ts';
import { refuse } from '../../errors.ts';
import type { TensorSpec } from '../../problem/problem.ts';
import { inexactPair, resolveMode, signalConv, type Window } from '../../resolve/signal.ts';
import type { DType } from '../../tensor/dtype.ts';
import { checkSameRank, contains } from './direct.ts';

export interface FftConv {
  readonly in1: TensorSpec;
  readonly in2: TensorSpec;
  readonly mode: unknown;
  readonly reverse: boolean;
  readonly conjugate?: 'in2';
}

/** Checks in JAX's order, then places the window of `mode`. Only 'valid' asks that one input contain the other. */
export function fftConv(op: string, { in1, in2, mode: givenMode, reverse, conjugate }: FftConv): Resolution {
  const dtype = inexactPair(in1, in2);
  checkSameRank(op, in1, in2);
  const mode = resolveMode(op, givenMode);
  const values = { in1: in1.shape, in2: in2.shape };
  const got = `got shapes [${in1.shape.join(', ')}] and [${in2.shape.join(', ')}]`;
  const swap = mode === 'valid' && contains(in2, in1);
  if (mode === 'valid' && !swap && !contains(in1, in2)) {
    throw refuse('input/containment', `mode 'valid' needs one input at least as large as the other in every dimension, ${got}`, {
      op,
      argument: 'in2',
      values,
    });
  }
  const full = in1.shape.map((size, d) => size + in2.shape[d] - 1);
  checkTransform(op, in1, in2, full, dtype);
  const windows = full.map((fullSize, d): Window => {
    const size = { full: fullSize, same: in1.shape[d], valid: Math.abs(in1.shape[d] - in2.shape[d]) + 1 }[mode];
    return { start: Math.floor((fullSize - size) / 2), size };
  });
  const missing = windows.findIndex(({ size }, d) => size > full[d]);
  if (missing >= 0) {
    throw refuse(
      'fft/result',
      `mode '${mode}' asks for ${windows[missing].size} of the ${full[missing]} elements along axis ${missing}, ${got}`,
      {
        op,
        argument: 'mode',
        values,
      },
    );
  }
  return signalConv({
    in1,
    in2,
    dtype,
    outDType: dtype,
    windows,
    reverse,
    ...(conjugate ? { conjugate } : {}),
    precision: 'default',
    method: 'fft',
  });
}

/** JAX transforms unless every axis of one input or the other has one element; its FFT has no half precision and no empty result. */
function checkTransform(op: string, in1: TensorSpec, in2: TensorSpec, full: readonly number[], dtype: DType): void {
  if (in1.shape.every((size, d) => size === 1 || in2.shape[d] === 1)) return;
  const empty = full.findIndex((size) => size < 1);
  if (empty >= 0) {
    throw refuse(
      'fft/size',
      `the full result must have at least one element along axis ${empty}, got sizes ${in1.shape[empty]} and ${in2.shape[empty]}`,
      {
        op,
        argument: 'in2',
        values: { in1: in1.shape, in2: in2.shape },
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
