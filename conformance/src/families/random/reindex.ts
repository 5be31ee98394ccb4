/** Surgery on tensors along their axes: what properties do to operands and expect of results. Slow and plain on purpose. */
import { allocate, sizeOf, type AnyTensor, type Tensor } from '@laxconv/api/backend';
import { eachPosition, indexOf } from './positions.ts';

type Elements = { [index: number]: number | bigint };

/** A new tensor whose element at a position is the source's at `from(position)`, or zero where that is null. */
export function reindex(
  source: AnyTensor,
  shape: readonly number[],
  from: (position: readonly number[]) => readonly number[] | null,
): Tensor {
  const count = sizeOf(shape);
  const data = allocate(source.dtype, count);
  const components = data.length / Math.max(count, 1);
  const target: Elements = data;
  const read: Elements = source.data;
  eachPosition(shape, (position, index) => {
    const at = from(position);
    if (at === null) return;
    const offset = indexOf(source.shape, at) * components;
    for (let part = 0; part < components; part++) target[index * components + part] = read[offset + part];
  });
  return { dtype: source.dtype, shape: [...shape], data };
}

/** Changes one axis: its new size, and which old index each new one shows (null, or one outside: zero). */
function alongAxis(source: AnyTensor, axis: number, size: number, from: (index: number) => number | null): Tensor {
  return reindex(source, source.shape.with(axis, size), (position) => {
    const index = from(position[axis]);
    return index === null || index < 0 || index >= source.shape[axis] ? null : position.with(axis, index);
  });
}

/** Every `step`-th index from `start`, `count` of them. */
export function slice(source: AnyTensor, axis: number, start: number, count: number, step = 1): Tensor {
  return alongAxis(source, axis, count, (index) => start + index * step);
}

/** Zeros before and after; negative numbers crop. */
export function pad(source: AnyTensor, axis: number, lo: number, hi: number): Tensor {
  return alongAxis(source, axis, source.shape[axis] + lo + hi, (index) => index - lo);
}

/** `dilation − 1` zeros between neighbours. */
export function dilate(source: AnyTensor, axis: number, dilation: number): Tensor {
  const size = (source.shape[axis] - 1) * dilation + 1;
  return alongAxis(source, axis, size, (index) => (index % dilation === 0 ? index / dilation : null));
}

/** An axis read backwards. */
export function flip(source: AnyTensor, axis: number): Tensor {
  const last = source.shape[axis] - 1;
  return alongAxis(source, axis, source.shape[axis], (index) => last - index);
}

/** Axis a of the result is axis `order[a]` of the source. */
export function permute(source: AnyTensor, order: readonly number[]): Tensor {
  return reindex(
    source,
    order.map((axis) => source.shape[axis]),
    (position) => {
      const at = new Array<number>(order.length);
      order.forEach((axis, index) => {
        at[axis] = position[index];
      });
      return at;
    },
  );
}

/** The tensors one after another along an axis. */
export function concatenate(parts: readonly AnyTensor[], axis: number): Tensor {
  let joined: AnyTensor = parts[0];
  for (const part of parts.slice(1)) {
    const before = joined.shape[axis];
    const left = pad(joined, axis, 0, part.shape[axis]);
    const right = pad(part, axis, before, 0);
    const components = left.data.length / Math.max(sizeOf(left.shape), 1);
    const size = left.shape[axis];
    const inner = sizeOf(left.shape.slice(axis + 1));
    const target: Elements = left.data;
    const source: Elements = right.data;
    for (let index = 0; index < left.data.length; index++) {
      if (Math.floor(index / components / inner) % size >= before) target[index] = source[index];
    }
    joined = left;
  }
  return { dtype: joined.dtype, shape: joined.shape, data: joined.data.slice() };
}
