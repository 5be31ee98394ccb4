/**
 * Operands as float64 or bigint, decoded here and not by `@laxconv/api`, so that a wrong conversion there cannot hide.
 */
import { DTYPES, type AnyTensor, type DType } from '@laxconv/api/backend';

/** A tensor's elements as float64: the imaginary parts only where the dtype is complex. */
export interface RealValues {
  readonly re: Float64Array;
  readonly im: Float64Array | undefined;
}

/** What `tensor` holds, as float64 (64-bit integers are rounded to nearest). */
export function realValues(tensor: AnyTensor): RealValues {
  const data = decoded(tensor);
  if (DTYPES[tensor.dtype].components === 1) return { re: data, im: undefined };
  return { re: data.filter((_, index) => index % 2 === 0), im: data.filter((_, index) => index % 2 === 1) };
}

/** What an integer or bool tensor holds, exactly. */
export function bigintValues(tensor: AnyTensor): bigint[] {
  return Array.from(tensor.data as ArrayLike<number | bigint>, BigInt);
}

/** Every array element as float64. */
export function decoded({ dtype, data }: AnyTensor): Float64Array {
  if (dtype === 'float16') return Float64Array.from(data as Uint16Array, fromBinary16);
  if (dtype === 'bfloat16') return Float64Array.from(new Float32Array(Uint32Array.from(data as Uint16Array, (bits) => bits << 16).buffer));
  if (dtype === 'int64' || dtype === 'uint64') return Float64Array.from(data as BigInt64Array, Number);
  return new Float64Array(data as Float64Array);
}

/** Rounds values to what a `dtype` operand converted to `accumulator` holds: only integers in a float32 or float64 can change. */
export function asAccumulated(values: Float64Array, accumulator: DType): Float64Array {
  return accumulator === 'float32' || accumulator === 'complex64' ? Float64Array.from(values, Math.fround) : values;
}

function fromBinary16(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const significand = (bits & 1023) / 1024;
  const magnitude =
    exponent === 31
      ? significand === 0
        ? Infinity
        : NaN
      : exponent === 0
        ? significand * 2 ** -14
        : (1 + significand) * 2 ** (exponent - 15);
  return bits >> 15 ? -magnitude : magnitude;
}
