/** Making tensors from typed or nested arrays, and taking them apart again. */
import { refuse } from '../errors.ts';
import { allocate, DTYPES, type DataOf, type DType } from './dtype.ts';
import { elementConverter, elementReader, type Elements, type Scalar } from './elements.ts';
import {
  checkData,
  checkDType,
  checkShape,
  checkTensor,
  describe,
  isDeviceTensor,
  sizeOf,
  type AnyTensor,
  type DeviceTensor,
  type Tensor,
} from './tensor.ts';
import { toFloat16Bits } from './float16.ts';
import { castView, rearrange } from './view.ts';

/** Numbers nested in arrays to any depth; a complex element is `[re, im]`. */
export type Nested = number | bigint | boolean | readonly Nested[];

/** The dtype that a typed array, by the name of its class, stands for when `tensor` is given none. */
export interface DTypeOfArray {
  /** int8 */
  Int8Array: 'int8';
  /** int16 */
  Int16Array: 'int16';
  /** int32 */
  Int32Array: 'int32';
  /** int64 */
  BigInt64Array: 'int64';
  /** uint8 */
  Uint8Array: 'uint8';
  /** uint8, the same bits */
  Uint8ClampedArray: 'uint8';
  /** uint16 */
  Uint16Array: 'uint16';
  /** uint32 */
  Uint32Array: 'uint32';
  /** uint64 */
  BigUint64Array: 'uint64';
  /** float16 */
  Float16Array: 'float16';
  /** float32 */
  Float32Array: 'float32';
  /** float64 */
  Float64Array: 'float64';
}

const DTYPE_OF_ARRAY: DTypeOfArray = {
  Int8Array: 'int8',
  Int16Array: 'int16',
  Int32Array: 'int32',
  BigInt64Array: 'int64',
  Uint8Array: 'uint8',
  Uint8ClampedArray: 'uint8',
  Uint16Array: 'uint16',
  Uint32Array: 'uint32',
  BigUint64Array: 'uint64',
  Float16Array: 'float16',
  Float32Array: 'float32',
  Float64Array: 'float64',
};

const op = 'tensor';

/** The typed arrays that `tensor` takes for a dtype, by the names of their classes. */
export interface ArrayNamesOf {
  /** Uint8Array */
  bool: 'Uint8Array';
  /** Int8Array */
  int8: 'Int8Array';
  /** Int16Array */
  int16: 'Int16Array';
  /** Int32Array */
  int32: 'Int32Array';
  /** BigInt64Array */
  int64: 'BigInt64Array';
  /** Uint8Array or Uint8ClampedArray */
  uint8: 'Uint8Array' | 'Uint8ClampedArray';
  /** Uint16Array */
  uint16: 'Uint16Array';
  /** Uint32Array */
  uint32: 'Uint32Array';
  /** BigUint64Array */
  uint64: 'BigUint64Array';
  /** Uint16Array or Float16Array */
  float16: 'Uint16Array' | 'Float16Array';
  /** Uint16Array */
  bfloat16: 'Uint16Array';
  /** Float32Array */
  float32: 'Float32Array';
  /** Float64Array */
  float64: 'Float64Array';
  /** Float32Array */
  complex64: 'Float32Array';
  /** Float64Array */
  complex128: 'Float64Array';
}

/** A typed array of the class named `Name`, over a buffer of type `B`. */
export type NamedArray<Name extends string, B extends ArrayBufferLike = ArrayBufferLike> = ArrayBufferView<B> & {
  /** The name of the class. */
  readonly [Symbol.toStringTag]: Name;
};

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
  if (dtype != null) checkDType(op, 'dtype', dtype);
  if (shape != null) checkShape(op, 'data', shape);
  if (ArrayBuffer.isView(data)) return wrap(data, shape ?? undefined, dtype ?? undefined);
  return copyNested(data, shape ?? undefined, dtype ?? 'float32');
}

function wrap(data: ArrayBufferView, shape: readonly number[] | undefined, dtype: DType | undefined): Tensor {
  const array = (data as unknown as { readonly [Symbol.toStringTag]: string })[Symbol.toStringTag];
  const ownDType = Object.hasOwn(DTYPE_OF_ARRAY, array) ? DTYPE_OF_ARRAY[array as keyof DTypeOfArray] : undefined;
  if (ownDType === undefined) {
    throw refuse('tensor/data-class', `data must be a typed array or nested arrays, got ${describe(data)}`, { op, argument: 'data' });
  }
  const used = dtype ?? ownDType;
  // Float16Array and Uint8ClampedArray hold the same bits as the arrays that the dtypes name.
  const view =
    used === ownDType && data.constructor.name !== DTYPES[used].array.name ? sameBits(data as unknown as DataOf[DType], used) : data;
  const length = (view as unknown as Elements).length;
  const { components } = DTYPES[used];
  const usedShape = shape ?? [Math.floor(length / components)];
  checkData(op, 'data', used, usedShape, view);
  return { dtype: used, shape: [...usedShape], data: view as unknown as DataOf[DType] };
}

function sameBits(data: ArrayBufferView & { readonly length: number }, dtype: DType): ArrayBufferView {
  return new DTYPES[dtype].array(data.buffer, data.byteOffset, data.length);
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

/** NumPy's limit; an array that contains itself reaches it too. */
const MAX_RANK = 64;

function shapeOfNested(nested: unknown): number[] {
  const shape: number[] = [];
  let first: unknown = nested;
  while (Array.isArray(first)) {
    shape.push(first.length);
    if (shape.length > MAX_RANK) {
      throw refuse('tensor/shape', `arrays may be nested at most ${MAX_RANK} deep`, {
        op,
        argument: 'data',
        values: { maximum: MAX_RANK },
      });
    }
    first = first[0];
  }
  return shape;
}

/** The leaves in order; refuses ragged nesting and leaves that are not numbers. */
function flattened(nested: unknown): Scalar[] {
  const shape = shapeOfNested(nested);
  const leaves: Scalar[] = [];
  const visit = (value: unknown, depth: number): void => {
    if (depth < shape.length) {
      if (!Array.isArray(value) || value.length !== shape[depth]) {
        const got = Array.isArray(value) ? `${value.length}` : describe(value);
        throw refuse('tensor/ragged', `nested arrays must be rectangular: expected ${shape[depth]} items at depth ${depth}, got ${got}`, {
          op,
          argument: 'data',
          values: { depth, expected: shape[depth] },
        });
      }
      for (const item of value) visit(item, depth + 1);
    } else if (typeof value === 'number' || typeof value === 'bigint') {
      leaves.push(value);
    } else if (typeof value === 'boolean') {
      leaves.push(Number(value));
    } else {
      const rule = Array.isArray(value) ? 'tensor/ragged' : 'tensor/element';
      throw refuse(rule, `elements must be numbers, bigints or booleans at depth ${depth}, got ${describe(value)}`, {
        op,
        argument: 'data',
        values: { depth },
      });
    }
  };
  visit(nested, 0);
  return leaves;
}

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
  checkHostTensor('convert', t);
  checkDType('convert', 'dtype', dtype);
  return rearrange(t, castView(t.shape, dtype)) as Tensor<D>;
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
  checkHostTensor('toNumbers', t);
  const read = elementReader(t.dtype);
  const source: Elements = t.data;
  return Array.from({ length: source.length }, (_, index) => read(source, index)) as NumbersOf<D>;
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
  checkHostTensor('toNested', t);
  const flat: readonly Scalar[] = toNumbers(t);
  const shape = DTYPES[t.dtype].components === 2 ? [...t.shape, 2] : t.shape;
  const build = (axis: number, offset: number, size: number): Nested => {
    if (axis === shape.length) return flat[offset];
    const step = shape[axis] === 0 ? 0 : size / shape[axis];
    return Array.from({ length: shape[axis] }, (_, index) => build(axis + 1, offset + index * step, step));
  };
  return build(0, 0, sizeOf(shape));
}

/**
 * The tensor in host memory: a device tensor is read back, a host tensor is returned as it is.
 *
 * @param t A tensor of any shape and dtype.
 * @throws {@link LaxconvTypeError} when `t` is no tensor
 * @throws {@link LaxconvRuntimeError} when it was disposed of, or what should have computed it failed
 * @example
 * const x = await backend.toDevice(tensor([1, 2]));
 * toNested(await toHost(x)); // → [1, 2]
 */
export async function toHost<D extends DType>(t: AnyTensor<D> | DeviceTensor<D>): Promise<Tensor<D>> {
  checkTensor('toHost', 't', t);
  // The handle's shape is the label that counts: a result [1, 1, n] is handed out as [n].
  return isDeviceTensor(t) ? { ...(await t.device.read()), shape: [...t.shape] } : (t as Tensor<D>);
}

/**
 * Frees a device tensor's memory; a host tensor has none to free. Idempotent.
 *
 * @param t A tensor of any shape and dtype.
 * @throws {@link LaxconvTypeError} when `t` is no tensor
 * @example
 * const x = await backend.toDevice(tensor([1, 2]));
 * disposeTensor(x);
 * disposeTensor(x); // → undefined
 */
export function disposeTensor(t: AnyTensor | DeviceTensor): void {
  checkTensor('disposeTensor', 't', t);
  if (isDeviceTensor(t)) t.device.free();
}

function checkHostTensor(name: string, t: unknown): asserts t is AnyTensor {
  checkTensor(name, 't', t);
  if (!isDeviceTensor(t)) return;
  throw refuse('tensor/not-a-tensor', 't is on a device; await toHost(t) reads it back', { op: name, argument: 't' });
}
