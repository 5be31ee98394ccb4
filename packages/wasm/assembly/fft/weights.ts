/**
 * Spectra of weights. Tap t lies at place −t of a block, so that the cyclic convolution is the correlation; a unit is one output
 * feature, whose weights are brought to about 1 by a common power of two.
 */
import { FftTapsParameters, FftWeightsParameters } from '../generated/parameters';
import { exponentOf, rescale } from './scale';
import { POINT } from './tile';
import { forward } from './transform';

export function f32_fft_weights(parameters: usize, workspace: usize, scratch: usize, from: i32, to: i32): void {
  spectra<f32>(parameters, from, to);
}

export function f64_fft_weights(parameters: usize, workspace: usize, scratch: usize, from: i32, to: i32): void {
  spectra<f64>(parameters, from, to);
}

function spectra<T>(parameters: usize, from: i32, to: i32): void {
  const p = changetype<FftWeightsParameters>(parameters);
  const featureBytes = 4 + 4 * p.rank;
  const block = <usize>p.block;
  for (let unit = from; unit < to; unit++) {
    const o = unit % p.outFeatures, group = unit / p.outFeatures;
    const source = <usize>(p.source + group * p.group + o * p.outFeature);
    let peak: T = 0;
    for (let i = 0; i < p.inFeatures; i++) {
      const feature = <usize>(p.features + i * featureBytes);
      peak = peakOf<T>(p.axes, p.rank, feature + 4, source + load<i32>(feature), peak);
      if (p.imaginary != 0) peak = peakOf<T>(p.axes, p.rank, feature + 4, source + load<i32>(feature) + p.imaginary, peak);
    }
    const exponent = exponentOf<T>(peak);
    store<i32>(<usize>(p.exponents + 4 * unit), exponent);
    for (let i = 0; i < p.inFeatures; i++) {
      const feature = <usize>(p.features + i * featureBytes);
      memory.fill(block, 0, p.tileBytes);
      place<T>(p.axes, p.rank, feature + 4, source + load<i32>(feature), block);
      if (p.imaginary != 0) place<T>(p.axes, p.rank, feature + 4, source + load<i32>(feature) + p.imaginary, block + 16);
      rescale<T>(block, p.tileBytes, -exponent, 1);
      forward<T>(p.transform, block);
      const target = <usize>(p.target + group * p.groupWeights + o * p.inFeatures * p.tileBytes + i * POINT);
      for (let point = 0; point < p.tileBytes / POINT; point++) {
        const from = block + point * POINT, to = target + point * POINT * p.inFeatures;
        v128.store(to, p.isUniform ? v128.load_splat<T>(from) : v128.load(from));
        v128.store(to, p.isUniform ? v128.load_splat<T>(from, 16) : v128.load(from, 16), 16);
      }
    }
  }
}

/** `peak`, or the largest magnitude of a pair of features if that is more. */
function peakOf<T>(axis: usize, rank: i32, taps: usize, source: usize, peak: T): T {
  const a = changetype<FftTapsParameters>(axis);
  const count = load<i32>(taps);
  for (let tap = 0; tap < count; tap++) {
    if (rank == 1) peak = max<T>(peak, abs<T>(load<T>(source)));
    else peak = peakOf<T>(axis + offsetof<FftTapsParameters>(), rank - 1, taps + 4, source, peak);
    source += a.stride;
  }
  return peak;
}

function place<T>(axis: usize, rank: i32, taps: usize, source: usize, target: usize): void {
  const a = changetype<FftTapsParameters>(axis);
  const lanes: i32 = 16 / sizeof<T>();
  const count = load<i32>(taps);
  for (let tap = 0; tap < count; tap++) {
    const position = tap == 0 ? 0 : a.length - tap;
    if (rank == 1) store<T>(target + (position / lanes) * POINT + (position % lanes) * sizeof<T>(), load<T>(source));
    else place<T>(axis + offsetof<FftTapsParameters>(), rank - 1, taps + 4, source, target + position * a.rowBytes);
    source += a.stride;
  }
}
