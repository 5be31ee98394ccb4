/** The few array operations that the notebook takes from jax.numpy, for float32 tensors. */
import { tensor, type Tensor } from 'laxconv';

/** `count` evenly spaced numbers from `start` to `stop`, both included. */
export function linspace(start: number, stop: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => start + ((stop - start) * index) / (count - 1));
}

/** A tensor whose axis d is axis `axes[d]` of `source`. */
export function transpose(source: Tensor<'float32'>, axes: readonly number[]): Tensor<'float32'> {
  const strides = stridesOf(source.shape);
  return gather(
    source,
    axes.map((axis) => source.shape[axis]),
    axes.map((axis) => strides[axis]),
    0,
  );
}

/** NumPy's basic indexing: a number takes that element of its axis, ':' keeps the axis. Axes beyond the index are kept. */
export function at(source: Tensor, ...index: readonly (number | ':')[]): Tensor<'float32'> {
  const strides = stridesOf(source.shape);
  const kept = source.shape.map((_, axis) => axis).filter((axis) => typeof index[axis] !== 'number');
  const offset = index.reduce<number>((sum, position, axis) => sum + (typeof position === 'number' ? position * strides[axis] : 0), 0);
  return gather(
    asFloat32(source),
    kept.map((axis) => source.shape[axis]),
    kept.map((axis) => strides[axis]),
    offset,
  );
}

/** A tensor read backwards along its first two axes: `rot90` twice. */
export function rotate180(source: Tensor<'float32'>): Tensor<'float32'> {
  const strides = stridesOf(source.shape);
  const last = (source.shape[0] - 1) * strides[0] + (source.shape[1] - 1) * strides[1];
  return gather(source, source.shape, [-strides[0], -strides[1], ...strides.slice(2)], last);
}

/** `mean(-1)` */
export function meanOverLast({ shape, data }: Tensor): Tensor<'float32'> {
  const count = shape[shape.length - 1];
  const means = new Float32Array(data.length / count);
  for (let index = 0; index < means.length; index++) {
    let sum = 0;
    for (let item = 0; item < count; item++) sum += Number(data[index * count + item]);
    means[index] = sum / count;
  }
  return tensor(means, shape.slice(0, -1));
}

/** `source` as a tensor known to be float32: what float32 operands give. */
export function asFloat32(source: Tensor): Tensor<'float32'> {
  const { dtype, data, shape } = source;
  if (dtype !== 'float32' || !(data instanceof Float32Array)) throw new Error(`the notebook computes in float32, got ${dtype}`);
  return { dtype: 'float32', data, shape };
}

function gather(source: Tensor<'float32'>, shape: readonly number[], strides: readonly number[], offset: number): Tensor<'float32'> {
  const size = shape.reduce((product, length) => product * length, 1);
  const data = new Float32Array(size);
  const position = shape.map(() => 0);
  let from = offset;
  for (let index = 0; index < size; index++) {
    data[index] = source.data[from];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis];
      if (++position[axis] < shape[axis]) break;
      from -= strides[axis] * shape[axis];
      position[axis] = 0;
    }
  }
  return tensor(data, [...shape]);
}

function stridesOf(shape: readonly number[]): number[] {
  return shape.map((_, axis) => shape.slice(axis + 1).reduce((product, length) => product * length, 1));
}
