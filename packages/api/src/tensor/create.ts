/** Making tensors: over typed arrays, or from nested arrays. */
import { reading } from '../call/reading.ts';
import { refuse } from '../errors.ts';
import { allocate } from './allocate.ts';
import { DTYPE_OF_ARRAY, type ArrayNamesOf, type DTypeOfArray, type NamedArray } from './array-classes.ts';
import { DTYPES, type DataOf, type DType } from './dtype.ts';
import { elementConverter, type Elements } from './elements.ts';
import { toFloat16Bits } from './float16.ts';
import { flattened, shapeOfNested, type Nested } from './nested.ts';
import { classOf, lengthOf } from './intrinsics.ts';
import { plainData, plainView } from './plain-data.ts';
import { readShape } from './read-tensor.ts';
import { describe } from './describe.ts';
import { checkAttached, checkData, checkDType, sizeOf, type Tensor } from './tensor.ts';

const op = 'tensor';

/** What `tensor` takes as data of dtype `D`: the typed array of its bits, or nested arrays of numbers. */
export type DataFor<D extends DType, B extends ArrayBufferLike = ArrayBufferLike> = Nested | NamedArray<ArrayNamesOf[D], B>;

/**
 * A tensor over a typed array (wrapped, not copied) or from nested arrays (copied; float32 unless `dtype` says otherwise).
 *
 * @param data A typed array, a number, or nested arrays. Complex dtypes: re and im interleaved in a typed array, `[re, im]` leaves in nested arrays.
 * @param shape Sizes per dimension, row-major. Default (or null): `[length]` of a typed array, the nesting of arrays.
 * @throws {@link LaxconvValueError} on a wrong length, ragged nesting, or negative or fractional sizes.
 * @throws {@link LaxconvTypeError} on an unknown dtype or an array of another dtype's class.
 * @example
 * tensor([[1, 2], [3, 4]]).shape; // → [2, 2]
 * tensor(new Uint8Array(12), [3, 4]).dtype; // → 'uint8'
 */
export function tensor<A extends keyof DTypeOfArray, B extends ArrayBufferLike>(
  data: NamedArray<A, B>,
  shape?: readonly number[] | null,
): Tensor<DTypeOfArray[A], B>;
/** From nested arrays, copied: float32. */
export function tensor(data: Nested, shape?: readonly number[] | null): Tensor<'float32'>;
/**
 * A tensor of the dtype `dtype`: needed for bool, complex, bfloat16 and the bits of float16, and for nested arrays of anything but float32.
 *
 * @param data A typed array of the dtype's class, or nested arrays.
 * @param shape Sizes per dimension, row-major; null: from the data.
 * @param dtype The tensor's dtype.
 * @example
 * toNested(tensor([[1, 2], [3, 4]], null, 'int8')); // → [[1, 2], [3, 4]]
 * toNested(tensor(new Float32Array([1, -1, 0, 2]), [2], 'complex64')); // → [[1, -1], [0, 2]]
 */
export function tensor<D extends DType, B extends ArrayBufferLike = ArrayBuffer>(
  data: DataFor<NoInfer<D>, B>,
  shape: readonly number[] | null | undefined,
  dtype: D,
): Tensor<D, B>;
export function tensor(data: unknown, shape?: readonly number[] | null, dtype?: DType | null): Tensor {
  return reading(op, () => {
    if (dtype != null) checkDType(op, 'dtype', dtype);
    const sizes = shape == null ? undefined : readShape(op, 'data', shape);
    if (ArrayBuffer.isView(data)) return wrap(data, sizes, dtype ?? undefined);
    return copyNested(data, sizes, dtype ?? 'float32');
  });
}

function wrap(data: ArrayBufferView, shape: readonly number[] | undefined, dtype: DType | undefined): Tensor {
  const array = classOf(data);
  const ownDType = Object.hasOwn(DTYPE_OF_ARRAY, array) ? DTYPE_OF_ARRAY[array as keyof DTypeOfArray] : undefined;
  if (ownDType === undefined) {
    throw refuse('tensor/data-class', `data must be a typed array or nested arrays, got ${describe(data)}`, { op, argument: 'data' });
  }
  const used = dtype ?? ownDType;
  // Float16Array and Uint8ClampedArray hold the same bits as the arrays that the dtypes name.
  const view = used === ownDType && array !== DTYPES[used].array.name ? sameBits(data, used) : data;
  const { components } = DTYPES[used];
  const usedShape = shape ?? [Math.floor(lengthOf(view) / components)];
  checkData(op, 'data', used, usedShape, view, 'data');
  // The tensor's data is what it seems to be.
  return { dtype: used, shape: [...usedShape], data: plainData(used, view) as DataOf[DType] };
}

function sameBits(data: ArrayBufferView, dtype: DType): ArrayBufferView {
  checkAttached(op, 'data', data);
  return plainView(dtype, data);
}

function copyNested(nested: unknown, shape: readonly number[] | undefined, dtype: DType): Tensor {
  const isComplex = DTYPES[dtype].components === 2;
  const nestedShape = shapeOfNested(nested);
  const isEmpty = sizeOf(nestedShape) === 0;
  const ownShape = isComplex && !isEmpty ? nestedShape.slice(0, -1) : nestedShape;
  if (isComplex && !isEmpty && nestedShape.at(-1) !== 2) {
    throw refuse('tensor/element', `elements of ${dtype} must be [re, im] pairs`, { op, argument: 'data', values: { shape: nestedShape } });
  }
  const usedShape = shape ?? ownShape;
  if (sizeOf(usedShape) !== sizeOf(ownShape)) {
    throw refuse('tensor/length', `data has ${sizeOf(ownShape)} elements, but shape [${usedShape.join(', ')}] has ${sizeOf(usedShape)}`, {
      op,
      argument: 'data',
      values: { shape: usedShape, got: ownShape },
    });
  }
  const data = allocate(dtype, sizeOf(usedShape));
  const target: Elements = data;
  // NumPy, which makes JAX's arrays of Python's numbers, rounds to float16 once where astype rounds twice.
  const fromNumber = dtype === 'float16' ? (value: number) => toFloat16Bits(value) : elementConverter('float64', dtype);
  const fromInteger = elementConverter('int64', dtype);
  for (const [index, value] of flattened(nested).entries()) {
    target[index] = typeof value === 'bigint' ? fromInteger(value) : fromNumber(value);
  }
  return { dtype, shape: [...usedShape], data };
}
