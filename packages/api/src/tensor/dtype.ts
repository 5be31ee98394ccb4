/**
 * The one table of dtypes: name, size, kind, array class. Names are NumPy's. Everything else that depends on a dtype
 * (promotion, accumulation, conversion) is derived from a row here.
 */

/** The typed array that holds a dtype's elements. */
export interface DataOf<B extends ArrayBufferLike = ArrayBuffer> {
  /** 0 or 1 */
  bool: Uint8Array<B>;
  /** −128 … 127 */
  int8: Int8Array<B>;
  /** −2¹⁵ … 2¹⁵ − 1 */
  int16: Int16Array<B>;
  /** −2³¹ … 2³¹ − 1 */
  int32: Int32Array<B>;
  /** −2⁶³ … 2⁶³ − 1, as bigints */
  int64: BigInt64Array<B>;
  /** 0 … 255 */
  uint8: Uint8Array<B>;
  /** 0 … 2¹⁶ − 1 */
  uint16: Uint16Array<B>;
  /** 0 … 2³² − 1 */
  uint32: Uint32Array<B>;
  /** 0 … 2⁶⁴ − 1, as bigints */
  uint64: BigUint64Array<B>;
  /** the bits of IEEE binary16 */
  float16: Uint16Array<B>;
  /** the bits of bfloat16: the upper half of a float32 */
  bfloat16: Uint16Array<B>;
  /** IEEE binary32 */
  float32: Float32Array<B>;
  /** IEEE binary64 */
  float64: Float64Array<B>;
  /** re and im interleaved: two array elements for one element of the tensor */
  complex64: Float32Array<B>;
  /** re and im interleaved: two array elements for one element of the tensor */
  complex128: Float64Array<B>;
}

/** A dtype, by its NumPy name. */
export type DType = keyof DataOf;

/** What the elements of a dtype are. */
export type DTypeKind = 'bool' | 'int' | 'uint' | 'float' | 'complex';

/** A row of the table of dtypes. */
export interface DTypeInfo {
  /** What the elements are. */
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

/** The table of dtypes. */
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

/** The dtypes, in the order of the table. */
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
