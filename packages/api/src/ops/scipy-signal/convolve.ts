/** `jax.scipy.signal.convolve` and `jax.scipy.signal.correlate`: any rank, direct or by FFT. */
import type { FunctionName } from '../../call/conv-call.ts';
import type { Operation } from '../../call/resolution.ts';
import { refuse } from '../../errors.ts';
import { describe } from '../../tensor/describe.ts';
import { directConv } from './direct.ts';
import { fftConv } from './fft.ts';

/** The second input is flipped. */
export const convolve = anyRank('scipy.signal.convolve', true);
/** The second input is conjugated. */
export const correlate = anyRank('scipy.signal.correlate', false);

/** correlate is convolve with the second input flipped and conjugated. */
function anyRank(op: FunctionName, reverse: boolean): Operation {
  return {
    signature: { op, operands: ['in1', 'in2'], required: [], optional: ['mode', 'method'], options: ['precision'] },
    resolve([in1, in2], { mode = 'full', method = 'auto', precision }) {
      const flip = reverse ? { reverse } : { reverse, conjugate: 'in2' as const };
      if (method === 'fft') return fftConv(op, { in1, in2, mode, ...flip });
      if (method === 'auto' || method === 'direct') {
        return directConv(op, { in1, in2, mode, precision, sameStart: (size2) => Math.floor((size2 - 1) / 2), ...flip });
      }
      throw refuse('method/unknown', `method must be 'auto', 'direct' or 'fft', got ${describe(method)}`, {
        op,
        argument: 'method',
        values: { method },
      });
    },
  };
}
