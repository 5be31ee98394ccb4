/**
 * Random operands from a seed, by a counter and a hash: `scripts/goldens/operands.py` computes the same bytes, and the manifest has a
 * digest of each operand that both sides check.
 *
 * Word k of seed s is lowbias32(k + 0x9E3779B9·s mod 2³²). Elements take consecutive words: complex dtypes and 64-bit integers two
 * (re, im; low, high), the others one. A float is low + (high − low)·word/2³² in float64, rounded to float32 unless it is float64, then
 * to its dtype; an integer is low + word mod (high − low + 1); a bool is the word's upper bit.
 */
import { DTYPES, toBfloat16Bits, toFloat16Bits, zeros, type DType, type Elements, type Tensor } from '@laxconv/api/backend';

/** The seed, and the range that elements lie in: [low, high) for floats, [low, high] for integers. */
export interface RandomFill {
  readonly seed: number;
  /** Default: −1 for floats, the smallest value of an integer dtype. */
  readonly low?: number | undefined;
  /** Default: 1 for floats, the largest value of an integer dtype. */
  readonly high?: number | undefined;
}

/** The hash of https://nullprogram.com/blog/2018/07/31/: every bit of the input flips half of the output's. */
export function lowbias32(value: number): number {
  let x = value >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

const GOLDEN_RATIO = 0x9e3779b9;

/** A tensor of random elements. */
export function randomTensor(shape: readonly number[], dtype: DType, fill: RandomFill): Tensor {
  const tensor = zeros(shape, dtype);
  const data: Elements = tensor.data;
  const start = Math.imul(fill.seed, GOLDEN_RATIO);
  const word = (k: number): number => lowbias32(start + k);
  const element = elementFrom(word, dtype, fill);
  for (let index = 0; index < data.length; index++) data[index] = element(index);
  return tensor;
}

function elementFrom(word: (k: number) => number, dtype: DType, { low, high }: RandomFill): (index: number) => number | bigint {
  const { kind, itemsize } = DTYPES[dtype];
  if (kind === 'bool') return (index) => word(index) >>> 31;
  if (kind === 'int' || kind === 'uint') {
    if (itemsize === 8) return wideInteger(word, kind === 'int', low, high);
    const smallest = low ?? (kind === 'int' ? -(2 ** (itemsize * 8 - 1)) : 0);
    const largest = high ?? (kind === 'int' ? 2 ** (itemsize * 8 - 1) : 2 ** (itemsize * 8)) - 1;
    return (index) => smallest + (word(index) % (largest - smallest + 1));
  }
  const from = low ?? -1;
  const range = (high ?? 1) - from;
  const real = (index: number): number => from + range * (word(index) / 2 ** 32);
  if (dtype === 'float16') return (index) => toFloat16Bits(Math.fround(real(index)));
  if (dtype === 'bfloat16') return (index) => toBfloat16Bits(Math.fround(real(index)));
  return real;
}

function wideInteger(word: (k: number) => number, signed: boolean, low?: number, high?: number): (index: number) => bigint {
  const smallest = BigInt(low ?? (signed ? -(2 ** 63) : 0));
  const largest = high === undefined ? (signed ? 2n ** 63n : 2n ** 64n) - 1n : BigInt(high);
  return (index) => {
    const bits = (BigInt(word(2 * index + 1)) << 32n) | BigInt(word(2 * index));
    return smallest + (bits % (largest - smallest + 1n));
  };
}
