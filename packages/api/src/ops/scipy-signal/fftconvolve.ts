/** `jax.scipy.signal.fftconvolve`: convolution along `axes`, elementwise along the others. */
import type { Operation } from '../../call/resolution.ts';
import { fftConv } from './fft.ts';

/** The second input is flipped. */
export const fftconvolve: Operation = {
  signature: { op: 'scipy.signal.fftconvolve', operands: ['in1', 'in2'], required: [], optional: ['mode'], options: ['axes'] },
  resolve([in1, in2], { mode = 'full', axes }) {
    return fftConv('scipy.signal.fftconvolve', { in1, in2, mode, axes, reverse: true });
  },
};
