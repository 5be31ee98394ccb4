/** Host tensors in other forms: another dtype, a flat array, nested arrays. */
import { reading } from '../call/reading.ts';
import { DTYPES, type DType } from './dtype.ts';
import { elementReader, type Elements, type Scalar } from './elements.ts';
import type { Nested } from './nested.ts';
import { readHostTensor } from './read-tensor.ts';
import { checkDType, sizeOf, type AnyTensor, type Tensor } from './tensor.ts';
import { castView, rearrange } from './view.ts';

/**
 * JAX's `astype` on the CPU, as a new tensor: float → int truncates and saturates (NaN → 0), integers wrap, complex → real drops im.
 *
 * Source: `jax.lax.convert_element_type`.
 *
 * @param t A host tensor of any shape and dtype.
 * @param dtype The dtype of the result.
 * @throws {@link LaxconvTypeError} when `t` is not a host tensor or `dtype` is unknown
 * @example
 * toNested(convert(tensor([1.7, -1.7, 300, NaN]), 'int8')); // → [1, -1, 127, 0]
 */
export function convert<D extends DType>(t: AnyTensor, dtype: D): Tensor<D> {
  const host = hostTensor('convert', t);
  checkDType('convert', 'dtype', dtype);
  return rearrange(host, castView(host.shape, dtype)) as Tensor<D>;
}

/** What `toNumbers` gives for a dtype. */
export type NumbersOf<D extends DType> = D extends 'int64' | 'uint64' ? bigint[] : number[];

/**
 * The elements as a flat array, row-major: numbers, bigints for 64-bit integers, re and im interleaved for complex.
 *
 * @param t A host tensor of any shape and dtype.
 * @throws {@link LaxconvTypeError} when `t` is not a host tensor
 * @example
 * toNumbers(tensor([[1, 2], [3, 4]])); // → [1, 2, 3, 4]
 * toNumbers(tensor([[1, -1]], null, 'complex64')); // → [1, -1]
 * toNumbers(tensor([1, 2], null, 'int64')); // → [1n, 2n]
 */
export function toNumbers<D extends DType>(t: AnyTensor<D>): NumbersOf<D> {
  return numbersOf(hostTensor('toNumbers', t)) as NumbersOf<D>;
}

/**
 * The elements as nested arrays; a complex leaf is `[re, im]`, a 0-d tensor is the leaf itself.
 *
 * @param t A host tensor of any shape and dtype.
 * @throws {@link LaxconvTypeError} when `t` is not a host tensor
 * @example
 * toNested(tensor(new Float32Array([1, 2, 3, 4]), [2, 2])); // → [[1, 2], [3, 4]]
 */
export function toNested(t: AnyTensor): Nested {
  const host = hostTensor('toNested', t);
  const flat = numbersOf(host);
  const shape = DTYPES[host.dtype].components === 2 ? [...host.shape, 2] : host.shape;
  const build = (axis: number, offset: number, size: number): Nested => {
    if (axis === shape.length) return flat[offset];
    const step = shape[axis] === 0 ? 0 : size / shape[axis];
    return Array.from({ length: shape[axis] }, (_, index) => build(axis + 1, offset + index * step, step));
  };
  return build(0, 0, sizeOf(shape));
}

function numbersOf({ dtype, data }: AnyTensor): Scalar[] {
  const read = elementReader(dtype);
  const source: Elements = data;
  return Array.from({ length: source.length }, (_, index) => read(source, index));
}

function hostTensor(op: string, t: unknown): AnyTensor {
  return reading(op, () => readHostTensor(op, 't', t));
}
