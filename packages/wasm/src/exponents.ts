/** The exponents of weights, by their bits: which of them a kernel is right for. */
import { DTYPES, type DType } from '@laxconv/api/backend';

/** Powers of two that the magnitudes of numbers lie between: 2^least ≤ |x| < 2^(most + 1), zeros aside. Not finite: `most` is Infinity. */
export interface Exponents {
  readonly least: number;
  readonly most: number;
}

/** What is finite, in any dtype. */
export const FINITE: Exponents = { least: -Infinity, most: 1023 };

/** Where a float has its exponent: in words of `bits`, the last of `stride` words of a component, the bits of `mask`, biased. */
interface Format {
  readonly bits: 16 | 32;
  readonly stride: 1 | 2;
  readonly mask: number;
  readonly fraction: number;
  readonly bias: number;
}

const FLOAT32: Format = { bits: 32, stride: 1, mask: 0x7f800000, fraction: 23, bias: 127 };
const FLOAT64: Format = { bits: 32, stride: 2, mask: 0x7ff00000, fraction: 20, bias: 1023 };
const FORMATS: Partial<Record<DType, Format>> = {
  float16: { bits: 16, stride: 1, mask: 0x7c00, fraction: 10, bias: 15 },
  bfloat16: { bits: 16, stride: 1, mask: 0x7f80, fraction: 7, bias: 127 },
  float32: FLOAT32,
  complex64: FLOAT32,
  float64: FLOAT64,
  complex128: FLOAT64,
};

/** The exponents of all of `data`; integers are finite. A subnormal number counts as half the smallest normal one, and of those of 64 bits the least as zeros. */
export function exponentsOf(data: ArrayBufferView, dtype: DType): Exponents {
  const format = FORMATS[dtype];
  if (format === undefined) return { least: 0, most: 8 * DTYPES[dtype].itemsize };
  const { bits, stride, mask, fraction, bias } = format;
  const { buffer, byteOffset, byteLength } = data;
  const words = bits === 16 ? new Uint16Array(buffer, byteOffset, byteLength / 2) : new Int32Array(buffer, byteOffset, byteLength / 4);
  const sign = bits === 16 ? 0x7fff : 0x7fffffff;
  // Positive numbers are in the order of their bits.
  let [least, most] = [sign, 0];
  for (let index = stride - 1; index < words.length; index += stride) {
    const magnitude = words[index] & sign;
    if (magnitude > most) most = magnitude;
    if (magnitude !== 0 && magnitude < least) least = magnitude;
  }
  const exponent = (magnitude: number): number => (magnitude >= mask ? Infinity : (magnitude >> fraction) - bias);
  return { least: exponent(least), most: exponent(most) };
}

/** Whether numbers with exponents `inner` have all of them between those of `outer`. */
export function isWithin(inner: Exponents, outer: Exponents): boolean {
  return inner.least >= outer.least && inner.most <= outer.most;
}
