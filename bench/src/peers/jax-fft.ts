/** JAX on the CPU: `jax.scipy.signal.fftconvolve`, jitted. */
import type { Backend } from '@laxconv/api/backend';
import type { PeerOptions } from './peer-options.ts';
import { startPythonPeer } from './python/start-python-peer.ts';

/** A backend over JAX's FFT convolution. */
export function createBackend(options?: PeerOptions): Promise<Backend> {
  return startPythonPeer('jax-fft', { function: 'jax-fft', package: 'jax', takes: 'signal', usesFft: true, mostDimensions: 3 }, options);
}
