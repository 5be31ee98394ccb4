/**
 * Strided copies with zeros around: operands into the order and padding that a kernel reads, weights into panels, results back into the
 * caller's layout. The target is visited once, in the order of its axes; what has no source is zero. A unit is one step of the outer
 * axes by ROWS rows.
 */
import { CopyParameters, FillParameters } from './generated/parameters';

const ROWS: i32 = 16;
/** From this many bytes on, a bulk copy beats a loop. */
const BULK: i32 = 512;

export function copy16(p: usize, workspace: usize, scratch: usize, from: i32, to: i32): void {
  copy<u16>(p, workspace, from, to);
}

export function copy32(p: usize, workspace: usize, scratch: usize, from: i32, to: i32): void {
  copy<u32>(p, workspace, from, to);
}

export function copy64(p: usize, workspace: usize, scratch: usize, from: i32, to: i32): void {
  copy<u64>(p, workspace, from, to);
}

export function copy128(p: usize, workspace: usize, scratch: usize, from: i32, to: i32): void {
  copy<v128>(p, workspace, from, to);
}

export function fill(parameters: usize, workspace: usize, scratch: usize, from: i32, to: i32): void {
  const p = changetype<FillParameters>(parameters);
  memory.fill(workspace + p.target, 0, p.bytes);
}

function copy<T>(parameters: usize, workspace: usize, from: i32, to: i32): void {
  const p = changetype<CopyParameters>(parameters);
  const blocks = (p.rowCount + ROWS - 1) / ROWS;
  for (let unit = from; unit < to; unit++) {
    let source = workspace + p.source, target = workspace + p.target;
    let inside = true;
    let rest = unit / blocks;
    for (let axis = p.outerRank - 1; axis >= 0; axis--) {
      const a = <usize>(p.axes + 20 * axis);
      const count = load<i32>(a);
      const index = rest % count, place = index - load<i32>(a, 4);
      rest /= count;
      if (<u32>place >= <u32>load<i32>(a, 8)) inside = false;
      source += place * load<i32>(a, 12);
      target += index * load<i32>(a, 16);
    }
    const first = (unit % blocks) * ROWS;
    const last = min(first + ROWS, p.rowCount);
    copyRows<T>(p, source, target, inside, first, last);
  }
}

// @ts-ignore: decorator
@inline
function copyRows<T>(p: CopyParameters, source: usize, target: usize, inside: bool, first: i32, last: i32): void {
  const columnLow = p.columnLow, columnSize = p.columnSize, columnTarget = p.columnTarget, columnSource = p.columnSource;
  const high = p.columnCount - columnLow - columnSize;
  // The rows that have a source.
  const begin = inside ? min(max(first, p.rowLow), last) : last;
  const end = inside ? max(begin, min(last, p.rowLow + p.rowSize)) : last;
  for (let row = first; row < begin; row++) zeros<T>(target + row * p.rowTarget, p.columnCount, columnTarget);
  for (let row = end; row < last; row++) zeros<T>(target + row * p.rowTarget, p.columnCount, columnTarget);
  if (columnLow > 0) for (let row = begin; row < end; row++) zeros<T>(target + row * p.rowTarget, columnLow, columnTarget);
  if (high > 0) {
    for (let row = begin; row < end; row++) zeros<T>(target + row * p.rowTarget + (columnLow + columnSize) * columnTarget, high, columnTarget);
  }
  source += (begin - p.rowLow) * p.rowSource;
  target += begin * p.rowTarget + columnLow * columnTarget;
  const rows = end - begin;
  if (columnTarget == sizeof<T>()) {
    if (columnSource == sizeof<T>()) {
      for (let row = 0; row < rows; row++) {
        copyLine(target, source, columnSize * sizeof<T>());
        source += p.rowSource;
        target += p.rowTarget;
      }
      return;
    }
    if (sizeof<T>() == 4 && p.rowSource == 4) {
      transpose32(source, target, rows, columnSize, columnSource, p.rowTarget);
      return;
    }
  }
  for (let row = 0; row < rows; row++) {
    let s = source, t = target;
    for (let column = 0; column < columnSize; column++) {
      store<T>(t, load<T>(s));
      s += columnSource;
      t += columnTarget;
    }
    source += p.rowSource;
    target += p.rowTarget;
  }
}

// @ts-ignore: decorator
@inline
function zeros<T>(target: usize, count: i32, stride: i32): void {
  if (stride == sizeof<T>() && count * stride >= BULK) {
    memory.fill(target, 0, count * stride);
    return;
  }
  for (let i = 0; i < count; i++) {
    if (sizeof<T>() == 16) v128.store(target, i32x4.splat(0));
    else store<T>(target, <T>0);
    target += stride;
  }
}

// @ts-ignore: decorator
@inline
function copyLine(target: usize, source: usize, bytes: i32): void {
  if (bytes >= BULK) {
    memory.copy(target, source, bytes);
    return;
  }
  let at = 0;
  for (; at + 16 <= bytes; at += 16) v128.store(target + at, v128.load(source + at));
  for (; at + 4 <= bytes; at += 4) store<u32>(target + at, load<u32>(source + at));
  if (at < bytes) store<u16>(target + at, load<u16>(source + at));
}

/** target[row][column] = source[column][row], four by four. */
function transpose32(source: usize, target: usize, rows: i32, columns: i32, columnSource: i32, rowTarget: i32): void {
  let column = 0;
  for (; column + 4 <= columns; column += 4) {
    const s0 = source + column * columnSource, s1 = s0 + columnSource, s2 = s1 + columnSource, s3 = s2 + columnSource;
    let t = target + 4 * column;
    let row = 0;
    for (; row + 4 <= rows; row += 4) {
      const at = 4 * row;
      const a = v128.load(s0 + at), b = v128.load(s1 + at), c = v128.load(s2 + at), d = v128.load(s3 + at);
      const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5), abHigh = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
      const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5), cdHigh = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
      v128.store(t, v128.shuffle<i64>(ab, cd, 0, 2));
      v128.store(t + rowTarget, v128.shuffle<i64>(ab, cd, 1, 3));
      v128.store(t + 2 * rowTarget, v128.shuffle<i64>(abHigh, cdHigh, 0, 2));
      v128.store(t + 3 * rowTarget, v128.shuffle<i64>(abHigh, cdHigh, 1, 3));
      t += 4 * rowTarget;
    }
    for (; row < rows; row++) {
      const at = 4 * row;
      store<u32>(t, load<u32>(s0 + at), 0);
      store<u32>(t, load<u32>(s1 + at), 4);
      store<u32>(t, load<u32>(s2 + at), 8);
      store<u32>(t, load<u32>(s3 + at), 12);
      t += rowTarget;
    }
  }
  for (; column < columns; column++) {
    let t = target + 4 * column;
    const s = source + column * columnSource;
    for (let row = 0; row < rows; row++) {
      store<u32>(t, load<u32>(s + 4 * row));
      t += rowTarget;
    }
  }
}
