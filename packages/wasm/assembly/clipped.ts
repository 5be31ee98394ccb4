/**
 * The convolution by its formula, tap by tap: for each output position the taps that meet an element of lhs are computed, and no other
 * product is made. Nothing is padded, packed or looked up in tables, so it runs what would be out of all proportion otherwise: a kernel far
 * larger than its input, or dilations and pads far beyond it. A unit is POSITIONS output positions. `w` is in the order of the problem.
 */
import { ClippedParameters } from './generated/parameters';

const POSITIONS: i32 = 64;

export function f32_clipped(p: usize, w: usize, s: usize, from: i32, to: i32): void { clipped<f32, f32>(p, w, s, from, to); }
export function f64_clipped(p: usize, w: usize, s: usize, from: i32, to: i32): void { clipped<f64, f64>(p, w, s, from, to); }
export function i16_clipped(p: usize, w: usize, s: usize, from: i32, to: i32): void { clipped<i16, i32>(p, w, s, from, to); }
export function i32_clipped(p: usize, w: usize, s: usize, from: i32, to: i32): void { clipped<i32, i32>(p, w, s, from, to); }
export function i64_clipped(p: usize, w: usize, s: usize, from: i32, to: i32): void { clipped<i64, i64>(p, w, s, from, to); }

/** One spatial dimension, in 64 bits: dilations and pads may be anything. Strides are in bytes. src/plan/clipped.ts writes it. */
@unmanaged class Axis {
  output: i64;
  stride: i64;
  padLow: i64;
  kernel: i64;
  rhsDilation: i64;
  lhsDilation: i64;
  /** (input − 1) · lhsDilation. */
  span: i64;
  /** What both dilations share, and lhsDilation without that: taps meet elements at each `tapStep`-th. */
  shared: i64;
  tapStep: i64;
  /** (rhsDilation / shared)⁻¹ modulo tapStep. */
  inverse: i64;
  x: i64;
  w: i64;
  y: i64;
}

/** The taps of a position along one dimension; in scratch memory. */
@unmanaged class Taps {
  count: i32;
  x: i32;
  w: i32;
  /** The loop over them. */
  index: i32;
}

function clipped<T, S>(parameters: usize, workspace: usize, scratch: usize, from: i32, to: i32): void {
  const p = changetype<ClippedParameters>(parameters);
  const last = min(p.positions, to * POSITIONS);
  for (let position = from * POSITIONS; position < last; position++) {
    let x = workspace + p.x, y = workspace + p.y, w = <usize>p.weights;
    let rest = <i64>position, isEmpty = false;
    for (let d = p.rank - 1; d >= 0; d--) {
      const axis = changetype<Axis>(<usize>p.axes + d * offsetof<Axis>());
      const taps = changetype<Taps>(scratch + d * offsetof<Taps>());
      const q = rest % axis.output;
      rest /= axis.output;
      y += <i32>(q * axis.y);
      const base = q * axis.stride - axis.padLow;
      const first = firstTap(axis, base);
      const end = min(axis.kernel - 1, axis.span < base ? -1 : (axis.span - base) / axis.rhsDilation);
      if (first < 0 || first > end) {
        isEmpty = true;
        continue;
      }
      taps.count = <i32>((end - first) / axis.tapStep) + 1;
      taps.x = <i32>(axis.rhsDilation / axis.shared * axis.x);
      taps.w = <i32>(axis.tapStep * axis.w);
      x += <i32>((base + first * axis.rhsDilation) / axis.lhsDilation * axis.x);
      w += <i32>(first * axis.w);
    }
    x += <i32>rest * p.xBatch;
    y += <i32>rest * p.yBatch;
    for (let group = 0; group < p.groups; group++) {
      for (let column = 0; column < p.columns; column++) {
        const at = y + group * p.yGroup + column * p.yColumn;
        const xs = x + group * p.xGroup, ws = w + group * p.wGroup + column * p.wColumn;
        if (isFloat<S>() && p.plane != 0) sum<T, S>(p, scratch, xs, ws, at, isEmpty, true);
        else sum<T, S>(p, scratch, xs, ws, at, isEmpty, false);
      }
    }
  }
}

/** The first tap that meets an element at or behind the first one; −1 without any. */
// @ts-ignore: decorator
@inline
function firstTap(axis: Axis, base: i64): i64 {
  const low = base < 0 ? (axis.rhsDilation - 1 - base) / axis.rhsDilation : 0;
  if (axis.lhsDilation == 1) return low;
  if (base % axis.shared != 0) return -1;
  const step = axis.tapStep;
  const tap = timesModulo(modulo(-(base / axis.shared), step), axis.inverse, step);
  return low + modulo(tap - low, step);
}

/** a · b modulo `by`, all of them below 2⁶². */
function timesModulo(a: i64, b: i64, by: i64): i64 {
  if (by <= <i64>1 << 31) return a * b % by;
  let product: i64 = 0;
  for (; b > 0; b >>= 1) {
    if (b & 1) product = (product + a) % by;
    a = (a + a) % by;
  }
  return product;
}

// @ts-ignore: decorator
@inline
function modulo(value: i64, by: i64): i64 {
  const rest = value % by;
  return rest < 0 ? rest + by : rest;
}

/** Moves on to the next combination of taps of all dimensions but the last; false after the last. */
// @ts-ignore: decorator
@inline
function next(p: ClippedParameters, scratch: usize): bool {
  for (let d = p.rank - 2; d >= 0; d--) {
    const taps = changetype<Taps>(scratch + d * offsetof<Taps>());
    taps.index++;
    if (taps.index < taps.count) return true;
    taps.index = 0;
  }
  return false;
}

/** One sum over all taps of a position. Of complex numbers lhs is pairs of re and im, and the weights are planes, re and im apart. */
// @ts-ignore: decorator
@inline
function sum<T, S>(p: ClippedParameters, scratch: usize, x: usize, w: usize, y: usize, isEmpty: bool, isComplex: bool): void {
  let re: S = 0, im: S = 0;
  if (!isEmpty) {
    const inner = changetype<Taps>(scratch + (p.rank - 1) * offsetof<Taps>());
    for (let d = 0; d < p.rank - 1; d++) changetype<Taps>(scratch + d * offsetof<Taps>()).index = 0;
    do {
      let xTap = x, wTap = w;
      for (let d = 0; d < p.rank - 1; d++) {
        const taps = changetype<Taps>(scratch + d * offsetof<Taps>());
        xTap += taps.index * taps.x;
        wTap += taps.index * taps.w;
      }
      for (let tap = 0; tap < inner.count; tap++) {
        let xs = xTap, ws = wTap;
        for (let feature = 0; feature < p.features; feature++) {
          const a = <S>load<T>(xs), c = <S>load<T>(ws);
          if (isComplex) {
            const b = <S>load<T>(xs, sizeof<T>()), d = <S>load<T>(ws + p.plane);
            re += a * c - b * d;
            im += a * d + b * c;
          } else re += a * c;
          xs += p.xFeature;
          ws += p.wFeature;
        }
        xTap += inner.x;
        wTap += inner.w;
      }
    } while (next(p, scratch));
  }
  store<S>(y, re);
  if (isComplex) store<S>(y, im, sizeof<S>());
}
