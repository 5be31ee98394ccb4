/** Which typed arrays stand for which dtypes, by the names of their classes: an array may come from another realm. */

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

/** The dtype of each class. */
export const DTYPE_OF_ARRAY: DTypeOfArray = {
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
