/**
 * A whole transform: a list of passes, the first over all points, each next over blocks that are a radix smaller. Dimensions follow one
 * another in the list, since a block that is done along one is the blocks of the next. Blocks are finished one after another as soon as
 * they fit the innermost cache.
 */
import { FftPassParameters, FftTransformParameters } from '../generated/parameters';
import { convolveLanes, forwardLanes, forwardPass, inverseLanes, inversePass } from '../generated/fft-passes';
import { product } from './product';

/** Regions up to this many bytes go pass by pass. */
const NEAR: usize = 16384;

/** Transforms the points at `base` in place. */
export function forward<T>(transform: usize, base: usize): void {
  const t = changetype<FftTransformParameters>(transform);
  forwardFrom<T>(base, t.bytes, t.passes, t.passesEnd);
  if (t.lanes != 0) forwardLanes<T>(base, t.bytes, t.lanes, t.lanesEnd);
}

/** Undoes `forward`, but for a factor: the number of elements. */
export function inverse<T>(transform: usize, base: usize): void {
  const t = changetype<FftTransformParameters>(transform);
  if (t.lanes != 0) inverseLanes<T>(base, t.bytes, t.lanes, t.lanesEnd);
  inverseFrom<T>(base, t.bytes, t.passes, t.passesEnd);
}

/** `forward`, the product with the spectrum at `weights`, and `inverse`: what one feature on either side needs. */
export function convolveAlone<T>(transform: usize, base: usize, weights: usize): void {
  const t = changetype<FftTransformParameters>(transform);
  forwardFrom<T>(base, t.bytes, t.passes, t.passesEnd);
  if (t.lanes != 0) convolveLanes<T>(base, t.bytes, t.lanes, t.lanesEnd, weights);
  else product<T>(base, 0, 1, t.bytes, weights, base);
  inverseFrom<T>(base, t.bytes, t.passes, t.passesEnd);
}

/** The passes from `pass` to before `end` over the `bytes` at `base`: one block, or several when that is near. */
function forwardFrom<T>(base: usize, bytes: usize, pass: usize, end: usize): void {
  if (bytes <= NEAR) {
    for (; pass < end; pass += offsetof<FftPassParameters>()) forwardPass<T>(changetype<FftPassParameters>(pass), base, bytes);
    return;
  }
  if (pass == end) return;
  const p = changetype<FftPassParameters>(pass);
  forwardPass<T>(p, base, bytes);
  const leg = <usize>p.leg;
  for (let part: usize = 0; part < bytes; part += leg) forwardFrom<T>(base + part, leg, pass + offsetof<FftPassParameters>(), end);
}

/** Undoes `forwardFrom`, but for a factor. */
function inverseFrom<T>(base: usize, bytes: usize, pass: usize, end: usize): void {
  if (bytes <= NEAR) {
    for (let last = end; last > pass;) {
      last -= offsetof<FftPassParameters>();
      inversePass<T>(changetype<FftPassParameters>(last), base, bytes);
    }
    return;
  }
  if (pass == end) return;
  const p = changetype<FftPassParameters>(pass);
  const leg = <usize>p.leg;
  for (let part: usize = 0; part < bytes; part += leg) inverseFrom<T>(base + part, leg, pass + offsetof<FftPassParameters>(), end);
  inversePass<T>(p, base, bytes);
}
