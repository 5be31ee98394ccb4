/** `jax.scipy.signal.convolve2d` and `jax.scipy.signal.correlate2d`. */
import type { FunctionName } from '../../call/conv-call.ts';
import type { Operation } from '../../call/resolution.ts';
import type { Signature } from '../../call/signature.ts';
import { refuse } from '../../errors.ts';
import type { TensorSpec } from '../../problem/problem.ts';
import { describe } from '../../tensor/describe.ts';
import { contains, directConv } from './direct.ts';

/** The second input is flipped. */
export const convolve2d: Operation = {
  signature: signatureOf('scipy.signal.convolve2d'),
  resolve([in1, in2], { mode = 'full', boundary = 'fill', fillvalue = 0, precision }) {
    checkTwoDimensional('scipy.signal.convolve2d', in1, in2, boundary, fillvalue);
    const sameStart = (size2: number): number => Math.floor((size2 - 1) / 2);
    return directConv('scipy.signal.convolve2d', { in1, in2, mode, precision, sameStart, reverse: true });
  },
};

/** One input is conjugated, as in SciPy. */
export const correlate2d: Operation = {
  signature: signatureOf('scipy.signal.correlate2d'),
  resolve([in1, in2], { mode = 'full', boundary = 'fill', fillvalue = 0, precision }) {
    checkTwoDimensional('scipy.signal.correlate2d', in1, in2, boundary, fillvalue);
    // JAX, like SciPy, conjugates the first input instead where it lies strictly inside the second.
    const isInside = contains(in2.shape, in1.shape) && !contains(in1.shape, in2.shape);
    const conjugate = mode === 'valid' && isInside ? 'in1' : 'in2';
    // JAX flips twice around a convolution, so that 'same' rounds its start the other way.
    const sameStart = (size2: number): number => Math.floor(size2 / 2);
    return directConv('scipy.signal.correlate2d', { in1, in2, mode, precision, sameStart, reverse: false, conjugate });
  },
};

function signatureOf(op: FunctionName): Signature {
  return { op, operands: ['in1', 'in2'], required: [], optional: ['mode', 'boundary', 'fillvalue'], options: ['precision'] };
}

function checkTwoDimensional(op: string, in1: TensorSpec, in2: TensorSpec, boundary: unknown, fillvalue: unknown): void {
  if (boundary !== 'fill' || fillvalue !== 0) {
    const argument = boundary === 'fill' ? 'fillvalue' : 'boundary';
    throw refuse(
      'boundary/unsupported',
      `supports only boundary 'fill' with fillvalue 0, got ${describe(boundary)} and ${describe(fillvalue)}`,
      {
        op,
        argument,
        values: { boundary, fillvalue },
      },
    );
  }
  if (in1.shape.length === 2 && in2.shape.length === 2) return;
  throw refuse(
    'input/two-dimensional',
    `in1 and in2 must have 2 dimensions, got shapes [${in1.shape.join(', ')}] and [${in2.shape.join(', ')}]`,
    {
      op,
      argument: in1.shape.length === 2 ? 'in2' : 'in1',
      values: { in1: in1.shape, in2: in2.shape },
    },
  );
}
