/** `jax.numpy.convolve` and `jax.numpy.correlate`. Mirrors `_conv` in jax/_src/numpy/lax_numpy.py. */
import type { FunctionName } from '../../call/conv-call.ts';
import type { Operation } from '../../call/resolution.ts';
import { refuse } from '../../errors.ts';
import { checkPreferredDType, preferredDType, promote } from '../../resolve/dtype-rules.ts';
import { resolvePrecision } from '../../resolve/precision.ts';
import { inexactPair, resolveMode, signalConv, type Mode, type Window } from '../../resolve/signal.ts';

/** Σ a[k]·v[n − k]. */
export const convolve = oneDimensional('numpy.convolve', 'full', true);
/** Σ a[n + k]·conj(v[k]). */
export const correlate = oneDimensional('numpy.correlate', 'valid', false);

function oneDimensional(op: FunctionName, defaultMode: Mode, reverse: boolean): Operation {
  return {
    signature: { op, operands: ['a', 'v'], required: [], optional: ['mode'], options: ['precision', 'preferredElementType'] },
    resolve([a, v], args) {
      if (a.shape.length !== 1 || v.shape.length !== 1) {
        throw refuse(
          'input/one-dimensional',
          `a and v must have 1 dimension, got shapes [${a.shape.join(', ')}] and [${v.shape.join(', ')}]`,
          {
            op,
            argument: a.shape.length === 1 ? 'v' : 'a',
            values: { a: a.shape, v: v.shape },
          },
        );
      }
      const [n] = a.shape;
      const [m] = v.shape;
      if (n === 0 || m === 0) {
        throw refuse('input/empty', `a and v must not be empty, got lengths ${n} and ${m}`, {
          op,
          argument: n === 0 ? 'a' : 'v',
          values: { a: n, v: m },
        });
      }
      const mode = resolveMode(op, args.mode === undefined ? defaultMode : args.mode);
      const preferred = preferredDType(op, args.preferredElementType);
      const precision = resolvePrecision(op, args.precision);
      // A preferred type keeps integers; without one they become floats.
      const dtype = preferred === undefined ? inexactPair(a, v) : promote(a.dtype, v.dtype);
      if (preferred !== undefined) checkPreferredDType(op, dtype, preferred);
      return signalConv(op, {
        in1: a,
        in2: v,
        dtype,
        outDType: preferred ?? dtype,
        windows: [windowOf(mode, n, m, reverse)],
        reverse,
        ...(reverse ? {} : { conjugate: 'in2' }),
        precision,
        method: 'auto',
      });
    },
  };
}

/** 'same' is as long as the longer input. JAX exchanges operands and reverses a correlation so that the shorter one slides. */
function windowOf(mode: Mode, n: number, m: number, isConvolution: boolean): Window {
  const long = Math.max(n, m);
  const short = Math.min(n, m);
  const half = Math.floor(short / 2);
  switch (mode) {
    case 'full':
      return { start: 0, size: n + m - 1 };
    case 'valid':
      return { start: short - 1, size: long - short + 1 };
    case 'same':
      return { start: !isConvolution && n < m ? half : short - 1 - half, size: long };
  }
}
