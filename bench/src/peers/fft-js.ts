/** fft.js: what one writes with a plain FFT of float64. The whole signal in one real transform; the kernel's spectrum is made beforehand. */
import { checkOptions, type Backend } from '@laxconv/api/backend';
import { loadPeer } from './load-peer.ts';
import { peerBackend } from './peer-backend.ts';
import { Refusal, type Peer, type PeerConv } from './peer.ts';
import { plainSignal, refuseWithoutFft, SIGNAL_BOUND, type SignalDimension } from './plain-signal.ts';

/** What is used of its API: complex arrays are interleaved, of twice the size. */
interface Fft {
  createComplexArray(): number[];
  /** Fills the first half of the spectrum, the rest of which `completeSpectrum` mirrors. */
  realTransform(spectrum: number[], signal: ArrayLike<number>): void;
  completeSpectrum(spectrum: number[]): void;
  inverseTransform(signal: number[], spectrum: number[]): void;
}

type FftClass = new (size: number) => Fft;

/** A backend over fft.js. */
export async function createBackend(options: Readonly<Record<string, unknown>> = {}): Promise<Backend> {
  checkOptions('fft-js', options, []);
  const { default: fftClass } = await loadPeer<{ readonly default: FftClass }>('fft.js');
  return peerBackend(fftPeer(fftClass));
}

function fftPeer(fftClass: FftClass): Peer {
  return {
    name: 'fft-js-1t',
    info: { nonFinite: 'ieee', library: 'fft.js', threads: 1, isa: 'JavaScript' },
    plan(conv, problem) {
      const [dimension, ...more] = plainSignal(conv);
      if (more.length > 0) throw new Refusal('1-D signals only');
      refuseWithoutFft(problem);
      return {
        kernel: 'float64-fft',
        errorBound: SIGNAL_BOUND,
        data: 'channels-first',
        weights: 'OI*',
        reverseKernel: true,
        bind: (weights) => bind(fftClass, dimension, weights),
      };
    },
  };
}

function bind(fftClass: FftClass, { input, kernel, start, size }: SignalDimension, weights: Float32Array): PeerConv {
  const length = 2 ** Math.max(1, Math.ceil(Math.log2(input + kernel - 1)));
  const fft = new fftClass(length);
  const padded = new Float64Array(length);
  const [kernelSpectrum, spectrum, inverse] = [fft.createComplexArray(), fft.createComplexArray(), fft.createComplexArray()];
  padded.set(weights);
  fft.realTransform(kernelSpectrum, padded);
  padded.fill(0);
  const run = (signal: Float32Array): Float64Array => {
    padded.set(signal);
    fft.realTransform(spectrum, padded);
    // The half that realTransform fills, its middle included.
    for (let re = 0; re <= length; re += 2) {
      const [a, b, c, d] = [spectrum[re], spectrum[re + 1], kernelSpectrum[re], kernelSpectrum[re + 1]];
      spectrum[re] = a * c - b * d;
      spectrum[re + 1] = a * d + b * c;
    }
    fft.completeSpectrum(spectrum);
    fft.inverseTransform(inverse, spectrum);
    const result = new Float64Array(size);
    for (let at = 0; at < size; at++) result[at] = inverse[2 * (start + at)];
    return result;
  };
  return { stage: (signal) => ({ run: () => run(signal) }) };
}
