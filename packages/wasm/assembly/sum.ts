/** Parts of the same sums, added up. A unit is CHUNK sums. */
import { SumParameters } from './generated/parameters';

const CHUNK: i32 = 4096;

export function sum_f32(p: usize, workspace: usize, scratch: usize, from: i32, to: i32): void { sum<f32>(p, workspace, from, to); }
export function sum_f64(p: usize, workspace: usize, scratch: usize, from: i32, to: i32): void { sum<f64>(p, workspace, from, to); }
export function sum_i32(p: usize, workspace: usize, scratch: usize, from: i32, to: i32): void { sum<i32>(p, workspace, from, to); }
export function sum_i64(p: usize, workspace: usize, scratch: usize, from: i32, to: i32): void { sum<i64>(p, workspace, from, to); }

// @ts-ignore: decorator
@inline
function sum<T>(parameters: usize, workspace: usize, from: i32, to: i32): void {
  const p = changetype<SumParameters>(parameters);
  const lanes = 16 / sizeof<T>();
  const last = min(p.count, to * CHUNK);
  let i = from * CHUNK;
  for (; i + lanes <= last; i += lanes) {
    let source = workspace + p.source + i * sizeof<T>();
    let total = v128.load(source);
    for (let part = 1; part < p.parts; part++) {
      source += p.partBytes;
      total = v128.add<T>(total, v128.load(source));
    }
    v128.store(workspace + p.target + i * sizeof<T>(), total);
  }
  for (; i < last; i++) {
    let source = workspace + p.source + i * sizeof<T>();
    let total = load<T>(source);
    for (let part = 1; part < p.parts; part++) {
      source += p.partBytes;
      total += load<T>(source);
    }
    store<T>(workspace + p.target + i * sizeof<T>(), total);
  }
}
