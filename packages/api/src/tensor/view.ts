/**
 * `rearrange`: the one thing the api computes on operands and results beside the convolution itself. A view is a strided reading of a
 * tensor, with a dtype cast (JAX's astype) and a complex conjugate on the way.
 */
import { allocate } from './allocate.ts';
import { DTYPES, type DType } from './dtype.ts';
import { elementConverter, elementReader, type Elements } from './elements.ts';
import { rowMajorStrides } from './strides.ts';
import { sizeOf, type AnyTensor, type Tensor } from './tensor.ts';

/** Element p of the view is element offset + Σ strides[d]·p[d] of the source (in tensor elements), cast to dtype. */
export interface View {
  /** Sizes of the reading. */
  readonly shape: readonly number[];
  /** Per dimension of the reading, in elements of the source; negative ones read backwards. */
  readonly strides: readonly number[];
  /** The first element. */
  readonly offset: number;
  /** What the elements are cast to. */
  readonly dtype: DType;
  /** Whether complex elements are conjugated. */
  readonly conjugate: boolean;
}

/** The view that reads a tensor of this shape as it is, cast to `dtype`. */
export function castView(shape: readonly number[], dtype: DType): View {
  return { shape, strides: rowMajorStrides(shape), offset: 0, dtype, conjugate: false };
}

/** The view whose axis d is axis `order[d]` of a tensor of this shape, cast to `dtype`. */
export function transposedView(shape: readonly number[], order: readonly number[], dtype: DType): View {
  const strides = rowMajorStrides(shape);
  return { shape: order.map((axis) => shape[axis]), strides: order.map((axis) => strides[axis]), offset: 0, dtype, conjugate: false };
}

/**
 * A new, contiguous tensor with the elements of `view`.
 *
 * @param tensor A host tensor.
 * @param view Shape and strides of the reading, in elements; dtype of the result; whether to conjugate.
 * @throws `LaxconvRuntimeError` when there is no memory for it
 * @example
 * const transposed = { shape: [2, 2], strides: [1, 2], offset: 0, dtype: 'int8', conjugate: false } as const;
 * toNested(rearrange(tensor([[1, 2], [3, 4]]), transposed)); // → [[1, 3], [2, 4]]
 */
export function rearrange(tensor: AnyTensor, view: View): Tensor {
  const { dtype, shape, strides, offset, conjugate } = view;
  const count = sizeOf(shape);
  const source: Elements = tensor.data;
  const data = allocate(dtype, count);
  const target: Elements = data;
  const from = DTYPES[tensor.dtype].components;
  const to = DTYPES[dtype].components;
  const read = elementReader(tensor.dtype);
  const convert = elementConverter(tensor.dtype, dtype);
  const imaginarySign = conjugate ? -1 : 1;

  const position = new Array<number>(shape.length).fill(0);
  let at = offset;
  for (let index = 0; index < count; index++) {
    target[index * to] = convert(read(source, at * from));
    // A real source leaves the imaginary parts at zero; a real target drops them, but a complex number is true if either part is.
    if (dtype === 'bool' && from === 2) target[index] = Number(target[index]) | Number(convert(read(source, at * 2 + 1)));
    if (to === 2 && from === 2) target[index * 2 + 1] = convert(imaginarySign * (read(source, at * 2 + 1) as number));
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at += strides[axis];
      if (++position[axis] < shape[axis]) break;
      at -= strides[axis] * shape[axis];
      position[axis] = 0;
    }
  }
  return { dtype, shape: [...shape], data };
}
