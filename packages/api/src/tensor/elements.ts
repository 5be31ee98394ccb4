/**
 * Single elements by dtype: what an array element stands for, and how it converts. A real element is a number (a bigint for the
 * 64-bit integers); a complex one is two numbers, at array positions 2i and 2i + 1.
 */
import { fromBfloat16Bits, toBfloat16Bits } from './bfloat16.ts';
import { DTYPES, type DType } from './dtype.ts';
import { fromFloat16Bits, toFloat16Bits } from './float16.ts';

/** What one array element of a tensor stands for. */
export type Scalar = number | bigint;

/** Any typed array, for reading and writing by position. */
export interface Elements {
  /** Array elements, of which a complex element takes two. */
  readonly length: number;
  [index: number]: Scalar;
}

/**
 * Reads the number that array element `index` stands for.
 *
 * @example
 * const read = elementReader('float16');
 * read(new Uint16Array([0x3c00]), 0); // → 1
 */
export function elementReader(dtype: DType): (data: Elements, index: number) => Scalar {
  if (dtype === 'float16') return (data, index) => fromFloat16Bits(data[index] as number);
  if (dtype === 'bfloat16') return (data, index) => fromBfloat16Bits(data[index] as number);
  return (data, index) => data[index];
}

/**
 * Turns a value of a `from` element into the array element that stands for it in `to`, the way JAX's astype does: floats saturate into
 * integers (NaN becomes 0), integers wrap, anything but 0 is true. Float arrays round on assignment, so their numbers pass as they are.
 *
 * @example
 * const toInt8 = elementConverter('float32', 'int8');
 * toInt8(300); // → 127
 */
export function elementConverter(from: DType, to: DType): (value: Scalar) => Scalar {
  const { kind } = DTYPES[from];
  const fromInteger = kind !== 'float' && kind !== 'complex';
  switch (to) {
    case 'bool':
      return (value) => (Number(value) === 0 ? 0 : 1);
    case 'int8':
    case 'int16':
    case 'int32':
    case 'uint8':
    case 'uint16':
    case 'uint32':
      return fromInteger ? wrapSmall(to) : saturateSmall(to);
    case 'int64':
      return (value) => (fromInteger ? BigInt(value) : saturate(Number(value), -(2n ** 63n), 2n ** 63n - 1n));
    case 'uint64':
      return (value) => (fromInteger ? BigInt(value) : saturate(Number(value), 0n, 2n ** 64n - 1n));
    case 'float16':
      // XLA converts float64 by way of float32, rounding twice.
      return (value) => toFloat16Bits(Math.fround(toNumber(value)));
    case 'bfloat16':
      return (value) => toBfloat16Bits(toNumber(value));
    case 'float32':
    case 'complex64':
      return toNumber;
    case 'float64':
    case 'complex128':
      return Number;
  }
}

/** Numbers wrap on assignment to an integer array; bigints must be cut first. */
function wrapSmall(dtype: DType): (value: Scalar) => number {
  const bits = DTYPES[dtype].itemsize * 8;
  return (value) => (typeof value === 'bigint' ? Number(BigInt.asIntN(bits, value)) : value);
}

function saturateSmall(dtype: DType): (value: Scalar) => number {
  const { kind, itemsize } = DTYPES[dtype];
  const low = kind === 'int' ? -(2 ** (itemsize * 8 - 1)) : 0;
  const high = low + 2 ** (itemsize * 8) - 1;
  return (value) => (Number.isNaN(value) ? 0 : Math.min(high, Math.max(low, Math.trunc(Number(value)))));
}

function saturate(value: number, low: bigint, high: bigint): bigint {
  if (Number.isNaN(value)) return 0n;
  if (value <= Number(low)) return low;
  if (value >= Number(high)) return high;
  return BigInt(Math.trunc(value));
}

/**
 * A scalar as a number that rounds correctly when it is narrowed to float32 or below. A 64-bit integer is first cut to 52 bits with a
 * sticky last bit, so that the later rounding is the only one.
 */
function toNumber(value: Scalar): number {
  if (typeof value === 'number') return value;
  const magnitude = value < 0n ? -value : value;
  if (magnitude < 2n ** 53n) return Number(value);
  const sticky = (magnitude & 0xfffn) === 0n ? 0n : 1n;
  const odd = Number(((magnitude >> 12n) | sticky) << 12n);
  return value < 0n ? -odd : odd;
}
