/** Signals and images: one channel, the functions of numpy and scipy.signal; and calls so small that only overhead is left. */
import type { BenchCase } from './bench-case.ts';
import { call, layer } from './describe-call.ts';

export const SIGNAL_CASES: readonly BenchCase[] = [
  {
    name: 'tiny/convolve-8x3',
    about: 'numpy.convolve of 8 by 3 elements: nothing but the cost of a call',
    call: call('numpy.convolve', [8], [3], 'same'),
    quick: true,
    publicCall: true,
  },
  {
    name: 'tiny/3x3-8x8x8-8',
    about: 'A prepared 3×3 layer of 8×8, 8 channels to 8: the cost of a run',
    call: layer([1, 8, 8, 8], [3, 3, 8, 8]),
    quick: true,
    sync: true,
  },
  {
    name: 'signal/smoothing-500x10',
    about: "The notebook's 1-D smoothing: 500 samples, a window of 10",
    call: call('numpy.convolve', [500], [10], 'same'),
    quick: true,
    publicCall: true,
  },
  {
    name: 'signal/long-65536x1024',
    about: 'A long signal: 2¹⁶ samples by a filter of 2¹⁰',
    call: call('scipy.signal.convolve', [2 ** 16], [2 ** 10], 'same'),
    quick: false,
  },
  {
    name: 'signal/longer-1048576x4096',
    about: 'A longer signal: 2²⁰ samples by a filter of 2¹²',
    call: call('scipy.signal.convolve', [2 ** 20], [2 ** 12], 'same'),
    quick: false,
  },
  {
    name: 'image/denoise-7x7-768x1024',
    about: "The notebook's denoising of a photograph: one channel, a 7×7 Gaussian, which is separable",
    call: call('scipy.signal.convolve', [768, 1024], [7, 7], 'same'),
    weights: 'gaussian',
    quick: true,
  },
  {
    name: 'image/filter-7x7-768x1024',
    about: 'The same with any 7×7 weights',
    call: call('scipy.signal.convolve', [768, 1024], [7, 7], 'same'),
    quick: false,
  },
  {
    name: 'image/filter-31x31-768x1024',
    about: 'A wide filter on a photograph: 31×31, any weights',
    call: call('scipy.signal.convolve', [768, 1024], [31, 31], 'same'),
    quick: false,
  },
];
