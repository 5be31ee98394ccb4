/** SciPy's convolutions of one signal: `oaconvolve`, `fftconvolve`, `convolve` (which chooses between the formula and the FFT). One thread. */
import { checkOptions, type Backend } from '@laxconv/api/backend';
import { startPythonPeer } from './python/start-python-peer.ts';

/** Which function; `convolve` unless said. */
export interface ScipyOptions {
  readonly function?: 'oaconvolve' | 'fftconvolve' | 'convolve';
}

/** A backend over one of them. */
export function createBackend(options: ScipyOptions = {}): Promise<Backend> {
  checkOptions('scipy', options, ['function']);
  const { function: name = 'convolve' } = options;
  const fn = { function: `scipy.signal.${name}`, package: 'scipy', takes: 'signal', usesFft: true, mostDimensions: Infinity } as const;
  return startPythonPeer(`scipy-${name}`, fn);
}
