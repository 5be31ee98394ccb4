/**
 * Tiles on their way in and out. A tile is one half (the real or the imaginary parts) of a block of points: along the innermost dimension
 * neighbours fill the lanes of a vector. What lies outside of lhs is zero; results beyond the last are dropped.
 */
import { FftAxisParameters } from '../generated/parameters';
import { widened } from './scale';

/** Bytes of a point: real parts, then imaginary parts. */
export const POINT: i32 = 32;
const VECTOR: usize = 16;

/** The element of lhs that position 0 of a tile meets along an axis. */
// @ts-ignore: decorator
@inline
function firstOf(a: FftAxisParameters, tile: usize, shift: usize): i32 {
  return a.first + load<i32>(shift) + load<i32>(tile) * a.tile * a.step;
}

/** Positions of a tile before `lowOf` and from `endOf` on lie outside of lhs. */
// @ts-ignore: decorator
@inline
function lowOf(a: FftAxisParameters, first: i32): i32 {
  return first < 0 ? (a.step - 1 - first) / a.step : 0;
}

// @ts-ignore: decorator
@inline
function endOf(a: FftAxisParameters, first: i32): i32 {
  const left = a.input - first;
  return left <= 0 ? 0 : min(a.length, (left + a.step - 1) / a.step);
}

/**
 * Fills a half of `bytes` bytes of points at `target` from lhs. `tile` and `shift` have a number for each axis. Returns `peak` and what
 * was read: the largest magnitude in each lane.
 */
export function loadTile<T>(axes: usize, rank: i32, tile: usize, shift: usize, x: usize, target: usize, bytes: usize, peak: v128): v128 {
  for (let d = 0; d < rank; d++) {
    const a = changetype<FftAxisParameters>(axes + d * offsetof<FftAxisParameters>());
    const first = firstOf(a, tile + 4 * d, shift + 4 * d);
    if (lowOf(a, first) > 0 || endOf(a, first) < a.length) {
      clear(target, bytes);
      break;
    }
  }
  return loadAxis<T>(axes, rank, tile, shift, x, target, peak);
}

/** Zeros in a half. */
export function clear(target: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += <usize>POINT) v128.store(target + at, i32x4.splat(0));
}

function loadAxis<T>(axis: usize, rank: i32, tile: usize, shift: usize, x: usize, target: usize, peak: v128): v128 {
  const a = changetype<FftAxisParameters>(axis);
  const first = firstOf(a, tile, shift);
  const low = lowOf(a, first), end = endOf(a, first);
  const step = a.step * a.xStride;
  x += (first + low * a.step) * a.xStride;
  if (rank == 1) return loadRow<T>(x, step, target, low, end, peak);
  for (let position = low; position < end; position++) {
    peak = loadAxis<T>(axis + offsetof<FftAxisParameters>(), rank - 1, tile + 4, shift + 4, x, target + position * a.rowBytes, peak);
    x += step;
  }
  return peak;
}

/** Where position `index` of a row lies. */
// @ts-ignore: decorator
@inline
function placeOf<T>(row: usize, index: i32): usize {
  const lanes: i32 = 16 / sizeof<T>();
  return row + (index / lanes) * POINT + (index % lanes) * <i32>sizeof<T>();
}

// @ts-ignore: decorator
@inline
function loadRow<T>(x: usize, step: i32, row: usize, low: i32, end: i32, peak: v128): v128 {
  const lanes: i32 = 16 / sizeof<T>();
  let position = low;
  // To the first whole vector, over those, and on to the end.
  while (position < end) {
    if (position % lanes != 0 || position + lanes > end) {
      const value = load<T>(x);
      store<T>(placeOf<T>(row, position), value);
      peak = widened<T>(peak, v128.splat<T>(value));
      x += step;
      position++;
      continue;
    }
    const whole = (end - position) / lanes;
    peak = step == sizeof<T>() ? loadVectors<T>(x, placeOf<T>(row, position), whole, peak) : loadSpread<T>(x, step, placeOf<T>(row, position), whole, peak);
    x += whole * lanes * step;
    position += whole * lanes;
  }
  return peak;
}

// @ts-ignore: decorator
@inline
function loadVectors<T>(x: usize, target: usize, count: i32, peak: v128): v128 {
  for (; count >= 2; count -= 2) {
    const values = v128.load(x), next = v128.load(x, VECTOR);
    v128.store(target, values);
    v128.store(target, next, POINT);
    peak = widened<T>(widened<T>(peak, values), next);
    x += 2 * VECTOR;
    target += 2 * POINT;
  }
  if (count == 0) return peak;
  const values = v128.load(x);
  v128.store(target, values);
  return widened<T>(peak, values);
}

/** Elements `step` bytes apart. */
// @ts-ignore: decorator
@inline
function loadSpread<T>(x: usize, step: i32, target: usize, count: i32, peak: v128): v128 {
  for (; count > 0; count--) {
    let values: v128;
    if (sizeof<T>() == 4) {
      values = v128.load32_zero(x);
      values = v128.load32_lane(x + step, values, 1);
      values = v128.load32_lane(x + 2 * step, values, 2);
      values = v128.load32_lane(x + 3 * step, values, 3);
    } else values = v128.load64_lane(x + step, v128.load64_zero(x), 1);
    v128.store(target, values);
    peak = widened<T>(peak, values);
    x += step * (16 / <i32>sizeof<T>());
    target += POINT;
  }
  return peak;
}

/** Writes a half of points, times a factor, to the result, whose first tile begins at `y`. */
export function storeTile<T>(axis: usize, rank: i32, tile: usize, source: usize, y: usize, factor: T): void {
  const a = changetype<FftAxisParameters>(axis);
  const count = min(a.tile, a.count - load<i32>(tile) * a.tile);
  y += load<i32>(tile) * a.tile * a.yStride;
  if (rank == 1) {
    storeRow<T>(source, y, a.yStride, count, factor);
    return;
  }
  for (let position = 0; position < count; position++) {
    storeTile<T>(axis + offsetof<FftAxisParameters>(), rank - 1, tile + 4, source + position * a.rowBytes, y, factor);
    y += a.yStride;
  }
}

function storeRow<T>(row: usize, y: usize, step: i32, count: i32, factor: T): void {
  const lanes: i32 = 16 / sizeof<T>();
  const whole = count / lanes;
  if (step == sizeof<T>()) storeVectors<T>(row, y, whole, factor);
  else storeSpread<T>(row, y, step, whole, factor);
  row += whole * POINT;
  y += whole * lanes * step;
  for (let position = whole * lanes; position < count; position++) {
    store<T>(y, load<T>(row) * factor);
    y += step;
    row += sizeof<T>();
  }
}

// @ts-ignore: decorator
@inline
function storeVectors<T>(row: usize, y: usize, count: i32, factor: T): void {
  const factors = v128.splat<T>(factor);
  for (; count >= 2; count -= 2) {
    v128.store(y, v128.mul<T>(v128.load(row), factors));
    v128.store(y, v128.mul<T>(v128.load(row, POINT), factors), VECTOR);
    y += 2 * VECTOR;
    row += 2 * POINT;
  }
  if (count > 0) v128.store(y, v128.mul<T>(v128.load(row), factors));
}

/** Elements `step` bytes apart. */
// @ts-ignore: decorator
@inline
function storeSpread<T>(row: usize, y: usize, step: i32, count: i32, factor: T): void {
  const factors = v128.splat<T>(factor);
  for (; count > 0; count--) {
    const values = v128.mul<T>(v128.load(row), factors);
    if (sizeof<T>() == 4) {
      v128.store32_lane(y, values, 0);
      v128.store32_lane(y + step, values, 1);
      v128.store32_lane(y + 2 * step, values, 2);
      v128.store32_lane(y + 3 * step, values, 3);
    } else {
      v128.store64_lane(y, values, 0);
      v128.store64_lane(y + step, values, 1);
    }
    y += step * (16 / <i32>sizeof<T>());
    row += POINT;
  }
}
