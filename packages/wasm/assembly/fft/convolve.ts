/**
 * Convolution by Fourier transforms, overlap-save: tiles of lhs that overlap by the kernel's reach are transformed, multiplied by the
 * spectra of weights, transformed back, and the part that no wrap has touched is the result. A unit is two tiles of one batch element
 * and group: weights are real, so that one is the real and the other the imaginary part of one complex transform, and they never mix (but
 * for rounding: which is why another batch element, whose norm may be much smaller, is no partner). Complex numbers have their own parts
 * there instead.
 */
import { FftAxisParameters, FftParameters } from '../generated/parameters';
import { product } from './product';
import { exponentOf, largest, power, rescale } from './scale';
import { clear, loadTile, POINT, storeTile } from './tile';
import { convolveAlone, forward, inverse } from './transform';

/** Scratch before the spectra: the places of both tiles, a number for each axis. */
const PLACES: usize = 256;
const HALF: usize = 16;
/** A largest magnitude of this power of two or its inverse is no danger yet. */
const NEAR_ONE: i32 = 20;
const FAR: i32 = 60;

export function f32_fft(parameters: usize, workspace: usize, scratch: usize, from: i32, to: i32): void {
  convolve<f32>(parameters, workspace, scratch, from, to);
}

export function f64_fft(parameters: usize, workspace: usize, scratch: usize, from: i32, to: i32): void {
  convolve<f64>(parameters, workspace, scratch, from, to);
}

function convolve<T>(parameters: usize, workspace: usize, scratch: usize, from: i32, to: i32): void {
  const p = changetype<FftParameters>(parameters);
  const pairs = p.isComplex ? p.tiles : (p.tiles + 1) / 2;
  const spectra = scratch + PLACES;
  const target = spectra + p.product;
  const isAlone = p.inFeatures == 1 && p.outFeatures == 1;
  const featureBytes = 4 + 4 * p.rank;
  const wFeature = <usize>(p.tileBytes * p.inFeatures);
  for (let unit = from; unit < to; unit++) {
    const pair = unit % pairs, element = unit / pairs;
    const batch = element % p.batch, group = element / p.batch;
    const a = p.isComplex ? pair : 2 * pair;
    const b = p.isComplex ? pair : 2 * pair + 1;
    const hasB = b < p.tiles;
    locate(p, a, scratch);
    locate(p, b, scratch + PLACES / 2);
    const component = p.isComplex ? sizeof<T>() : 0;
    const xa = workspace + p.x + group * p.xGroup + batch * p.xBatch, xb = xa + component;
    let peak = i32x4.splat(0);
    for (let feature = 0; feature < p.inFeatures; feature++) {
      const from = <usize>(p.features + feature * featureBytes);
      const offset = load<i32>(from);
      const spectrum = spectra + feature * p.spectrumBytes;
      peak = loadTile<T>(p.axes, p.rank, scratch, from + 4, xa + offset, spectrum, p.tileBytes, peak);
      if (hasB) peak = loadTile<T>(p.axes, p.rank, scratch + PLACES / 2, from + 4, xb + offset, spectrum + HALF, p.tileBytes, peak);
      else clear(spectrum + HALF, p.tileBytes);
    }
    let exponent = exponentOf<T>(largest<T>(peak));
    if (abs(exponent) < NEAR_ONE) exponent = 0;
    for (let feature = 0; feature < p.inFeatures; feature++) {
      const spectrum = spectra + feature * p.spectrumBytes;
      if (exponent != 0) rescale<T>(spectrum, p.tileBytes, -exponent, 1);
      if (!isAlone) forward<T>(p.transform, spectrum);
    }
    let ya = workspace + p.y + group * p.yGroup + batch * p.yBatch, yb = ya + component;
    let w = <usize>(p.weights + group * p.groupWeights);
    for (let feature = 0; feature < p.outFeatures; feature++) {
      if (isAlone) convolveAlone<T>(p.transform, target, w);
      else {
        product<T>(spectra, p.spectrumBytes, p.inFeatures, p.tileBytes, w, target);
        inverse<T>(p.transform, target);
      }
      const back = exponent + load<i32>(<usize>(p.exponents + 4 * (group * p.outFeatures + feature)));
      // As one factor with the number of elements, unless that leaves the range.
      const isFar = abs(back) > FAR;
      if (isFar) rescale<T>(target, p.tileBytes, back, <T>p.points);
      const factor = isFar ? <T>1 : power<T>(back) / <T>p.points;
      storeTile<T>(p.axes, p.rank, scratch, target, ya, factor);
      if (hasB) storeTile<T>(p.axes, p.rank, scratch + PLACES / 2, target + HALF, yb, factor);
      w += wFeature;
      ya += p.yFeature;
      yb += p.yFeature;
    }
  }
}

/** Writes the tile's number along each axis to `place`. */
function locate(p: FftParameters, tile: i32, place: usize): void {
  let rest = tile;
  for (let d = p.rank - 1; d >= 0; d--) {
    const a = changetype<FftAxisParameters>(p.axes + d * offsetof<FftAxisParameters>());
    store<i32>(place + 4 * d, rest % a.tiles);
    rest /= a.tiles;
  }
}
