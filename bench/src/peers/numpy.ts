/** NumPy's `convolve`: 1-D, by the formula. */
import type { Backend } from '@laxconv/api/backend';
import { startPythonPeer } from './python/start-python-peer.ts';

/** A backend over it. */
export function createBackend(): Promise<Backend> {
  const fn = { function: 'numpy.convolve', package: 'numpy', takes: 'signal', usesFft: false, mostDimensions: 1 } as const;
  return startPythonPeer('numpy-convolve', fn);
}
