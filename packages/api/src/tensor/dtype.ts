/**
 * The one table of dtypes: name, size, kind, array class. Names are NumPy's. Everything else that depends on a dtype
 * (promotion, accumulation, conversion) is derived from a row here.
 */

import { refuse } from '../errors.ts';

/** The typed array that holds a dtype's elements. */
export interface DataOf<B extends ArrayBufferLike = ArrayBuffer> {
  /** 0 or 1 */
  bool: Uint8Array<B>;
  int8: Int8Array<B>;
  int16: Int16Array<B>;
  int32: Int32Array<B>;
  int64: BigInt64Array<B>;
  uint8: Uint8Array<B>;
  uint16: Uint16Array<B>;
  uint32: Uint32Array<B>;
  uint64: BigUint64Array<B>;
  /** the bits of IEEE binary16 */
  float16: Uint16Array<B>;
  /** the bits of bfloat16: the upper half of a float32 */
  bfloat16: Uint16Array<B>;
  float32: Float32Array<B>;
  float64: Float64Array<B>;
  /** re and im interleaved: two array elements for one element of the tensor */
  complex64: Float32Array<B>;
  /** re and im interleaved: two array elements for one element of the tensor */
  complex128: Float64Array<B>;
}

export type DType = keyof DataOf;

export type DTypeKind = 'bool' | 'int' | 'uint' | 'float' | 'complex';

export interface DTypeInfo {
  readonly kind: DTypeKind;
  /** Bytes of one tensor element. */
  readonly itemsize: number;
  /** Array elements of one tensor element: 2 for complex, else 1. */
  readonly components: 1 | 2;
  /** The class a tensor's `data` must have. */
  readonly array: TypedArrayClass;
}

interface TypedArrayClass {
  readonly name: string;
  readonly BYTES_PER_ELEMENT: number;
  new (length: number): DataOf[DType];
  new (buffer: ArrayBufferLike, byteOffset?: number, length?: number): DataOf<ArrayBufferLike>[DType];
}

function row(kind: DTypeKind, array: TypedArrayClass, components: 1 | 2 = 1): DTypeInfo {
  return { kind, itemsize: array.BYTES_PER_ELEMENT * components, components, array };
}

export const DTYPES: Readonly<Record<DType, DTypeInfo>> = {
  bool: row('bool', Uint8Array),
  int8: row('int', Int8Array),
  int16: row('int', Int16Array),
  int32: row('int', Int32Array),
  int64: row('int', BigInt64Array),
  uint8: row('uint', Uint8Array),
  uint16: row('uint', Uint16Array),
  uint32: row('uint', Uint32Array),
  uint64: row('uint', BigUint64Array),
  float16: row('float', Uint16Array),
  bfloat16: row('float', Uint16Array),
  float32: row('float', Float32Array),
  float64: row('float', Float64Array),
  complex64: row('complex', Float32Array, 2),
  complex128: row('complex', Float64Array, 2),
};

export const DTYPE_NAMES = Object.keys(DTYPES) as readonly DType[];

/**
 * True for a dtype's name.
 *
 * @example
 * isDType('bfloat16'); // → true
 * isDType('float8'); // → false
 */
export function isDType(value: unknown): value is DType {
  return typeof value === 'string' && Object.hasOwn(DTYPES, value);
}

/**
 * Zero-filled data for `count` tensor elements.
 *
 * @param dtype The elements' dtype; complex ones take two array elements each.
 * @param count How many.
 * @throws {@link LaxconvRuntimeError} when there is no memory for it
 * @example
 * allocate('complex64', 2); // → new Float32Array(4)
 */
export function allocate<D extends DType>(dtype: D, count: number): DataOf[D] {
  const { array: TypedArray, components } = DTYPES[dtype];
  try {
    return new TypedArray(count * components) as DataOf[D];
  } catch (cause) {
    throw refuse('memory/exhausted', `no memory for ${count} elements of ${dtype}`, {
      op: 'allocate',
      argument: 'shape',
      values: { dtype, count },
      cause,
    });
  }
}
