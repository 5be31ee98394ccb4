/** Complex weights as planes of reals: re, im and −im, one after the other. */
import { ConvertParameters } from './generated/parameters';

export function planes_f32(p: usize, workspace: usize, scratch: usize, from: i32, to: i32): void {
  planes<f32>(p, workspace);
}

export function planes_f64(p: usize, workspace: usize, scratch: usize, from: i32, to: i32): void {
  planes<f64>(p, workspace);
}

// @ts-ignore: decorator
@inline
function planes<T>(parameters: usize, workspace: usize): void {
  const p = changetype<ConvertParameters>(parameters);
  const count = p.count, plane = <usize>count * sizeof<T>();
  let source = workspace + p.source, target = workspace + p.target;
  for (let i = 0; i < count; i++) {
    const im = load<T>(source, sizeof<T>());
    store<T>(target, load<T>(source));
    store<T>(target + plane, im);
    store<T>(target + 2 * plane, -im);
    source += 2 * sizeof<T>();
    target += sizeof<T>();
  }
}
