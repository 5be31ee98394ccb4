/** What `convolve`, `correlate`, `convolve2d` and `correlate2d` share. Mirrors `_convolve_nd` in jax/_src/scipy/signal.py. */
import type { Resolution } from '../../call/resolution.ts';
import { refuse } from '../../errors.ts';
import type { TensorSpec } from '../../problem/problem.ts';
import { resolvePrecision } from '../../resolve/precision.ts';
import { inexactPair, resolveMode, signalConv, type Mode, type Window } from '../../resolve/signal.ts';
import { sizeOf } from '../../tensor/tensor.ts';

/** The inputs of a direct convolution or correlation, and what was asked of it. */
export interface DirectConv {
  readonly in1: TensorSpec;
  readonly in2: TensorSpec;
  readonly mode: unknown;
  readonly precision: unknown;
  readonly reverse: boolean;
  readonly conjugate?: 'in1' | 'in2';
  /** Where 'same' begins in the full result, given the size of in2. */
  readonly sameStart: (size2: number) => number;
}

/** Checks in JAX's order, then places the window of `mode`. */
export function directConv(op: string, conv: DirectConv): Resolution {
  const { in1, in2, reverse, conjugate, sameStart } = conv;
  const mode = resolveMode(op, conv.mode);
  checkSameRank(op, in1, in2);
  const values = { in1: in1.shape, in2: in2.shape };
  const got = `got shapes [${in1.shape.join(', ')}] and [${in2.shape.join(', ')}]`;
  if (sizeOf(in1.shape) === 0 || sizeOf(in2.shape) === 0) {
    throw refuse('input/empty', `in1 and in2 must not be empty, ${got}`, { op, argument: sizeOf(in1.shape) === 0 ? 'in1' : 'in2', values });
  }
  if (!contains(in1.shape, in2.shape) && !contains(in2.shape, in1.shape)) {
    throw refuse('input/containment', `one input must be at least as large as the other in every dimension, ${got}`, {
      op,
      argument: 'in2',
      values,
    });
  }
  const precision = resolvePrecision(op, conv.precision);
  const dtype = inexactPair(in1, in2);
  const windows = in1.shape.map((size1, d) => windowOf(mode, size1, in2.shape[d], sameStart));
  return signalConv(op, {
    in1,
    in2,
    dtype,
    outDType: dtype,
    windows,
    reverse,
    ...(conjugate ? { conjugate } : {}),
    precision,
    method: 'auto',
  });
}

/** True when the sizes `outer` are at least as large as `inner` in every dimension. */
export function contains(outer: readonly number[], inner: readonly number[]): boolean {
  return outer.every((size, d) => size >= inner[d]);
}

/** Refuses inputs of different ranks. */
export function checkSameRank(op: string, in1: TensorSpec, in2: TensorSpec): void {
  if (in1.shape.length === in2.shape.length) return;
  throw refuse(
    'input/same-rank',
    `in1 and in2 must have the same number of dimensions, got shapes [${in1.shape.join(', ')}] and [${in2.shape.join(', ')}]`,
    {
      op,
      argument: 'in2',
      values: { in1: in1.shape, in2: in2.shape },
    },
  );
}

function windowOf(mode: Mode, size1: number, size2: number, sameStart: (size2: number) => number): Window {
  switch (mode) {
    case 'full':
      return { start: 0, size: size1 + size2 - 1 };
    case 'valid':
      return { start: Math.min(size1, size2) - 1, size: Math.abs(size1 - size2) + 1 };
    case 'same':
      return { start: sameStart(size2), size: size1 };
  }
}
