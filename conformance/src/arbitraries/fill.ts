/**
 * What random tensors hold. A fill is a style and a seed instead of a list of values, so that it shrinks to the plainest style
 * whatever the shape.
 */
import fc from 'fast-check';
import { allocate, DTYPES, sizeOf, type DType, type Tensor, type TensorSpec } from '@laxconv/api/backend';
import { encoderOf } from './elements.ts';
import { randomNumbers } from './random.ts';

/** The styles, plainest first. */
export const FILL_STYLES = ['ones', 'counting', 'small', 'medium', 'wide', 'cancelling', 'signed-zeros', 'subnormal'] as const;
/** What kind of values. */
export type FillStyle = (typeof FILL_STYLES)[number];

/** What a random tensor holds: plain data, so that it prints and shrinks. */
export interface Fill {
  readonly style: FillStyle;
  readonly seed: number;
}

/** Small integers: with at most MAX_REDUCTION products every sum is exact in every dtype. */
export const EXACT_STYLES = ['ones', 'counting', 'small'] as const satisfies readonly FillStyle[];
/** Integers whose sums are exact in the accumulator but need rounding in 16 bits. */
export const INTEGER_STYLES = ['ones', 'counting', 'small', 'medium'] as const satisfies readonly FillStyle[];

/** Fills of these styles. */
export function fillArbitrary(styles: readonly FillStyle[]): fc.Arbitrary<Fill> {
  return fc.record({ style: fc.constantFrom(...styles), seed: fc.nat(9999) });
}

/** A tensor of this shape and dtype. `out` is the dtype that its products end in: what would overflow there is kept smaller. */
export function fillTensor({ shape, dtype }: TensorSpec, { style, seed }: Fill, out: DType = dtype): Tensor {
  const count = sizeOf(shape);
  const data = allocate(dtype, count);
  const array: { [index: number]: number | bigint } = data;
  const encode = encoderOf(dtype);
  const next = valuesOf(style, dtype, out, randomNumbers(seed));
  for (let index = 0; index < data.length; index++) array[index] = encode(next(index));
  return { dtype, shape: [...shape], data };
}

type Values = (index: number) => number | bigint;

function valuesOf(style: FillStyle, dtype: DType, out: DType, random: () => number): Values {
  const { kind } = DTYPES[dtype];
  const integer = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
  if (kind === 'bool') return style === 'ones' ? () => 1 : () => integer(0, 1);
  const lowest = kind === 'uint' ? 0 : -1;
  switch (style) {
    case 'ones':
      return () => 1;
    case 'counting':
      return (index) => (index % 3) + 1;
    case 'small':
      return () => integer(2 * lowest, 2);
    case 'medium':
      return () => integer(mediumLimit(dtype) * lowest, mediumLimit(dtype));
    case 'wide':
      return kind === 'float' || kind === 'complex' ? wideFloats(dtype, out, random) : wideIntegers(dtype, out, random);
    case 'cancelling':
      return cancelling(dtype, integer);
    case 'signed-zeros':
      return () => [-0, 0, 1, lowest][integer(0, 3)];
    case 'subnormal':
      return subnormals(dtype, integer);
  }
}

/** As large as the accumulator adds MAX_REDUCTION products of exactly, complex ones by three products too. */
function mediumLimit(dtype: DType): number {
  const { itemsize, components } = DTYPES[dtype];
  if (itemsize / components === 8) return 2 ** 20;
  if (itemsize / components === 4) return components === 2 ? 300 : 700;
  return 45;
}

function wideIntegers(dtype: DType, out: DType, random: () => number): Values {
  const { kind, itemsize } = DTYPES[dtype];
  // Nothing is said about sums beyond float16's range, so they stay within it.
  if (out === 'float16') return () => Math.floor(random() * 40) - (kind === 'uint' ? 0 : 20);
  const word = (): bigint => BigInt(Math.floor(random() * 2 ** 32));
  const bits = itemsize * 8;
  return () => {
    const value = (word() << 32n) | word();
    return kind === 'uint' ? BigInt.asUintN(bits, value) : BigInt.asIntN(bits, value);
  };
}

/** Random significands over a range of exponents that keeps sums of products finite. */
function wideFloats(dtype: DType, out: DType, random: () => number): Values {
  const range = dtype === 'float16' || out === 'float16' ? 4 : DTYPES[dtype].itemsize / DTYPES[dtype].components === 8 ? 60 : 20;
  return () => (random() < 0.5 ? -1 : 1) * (1 + random()) * 2 ** Math.floor((random() * 2 - 1) * range);
}

/** Two large magnitudes of either sign beside small ones: most of a sum cancels. */
function cancelling(dtype: DType, integer: (low: number, high: number) => number): Values {
  const { kind, itemsize } = DTYPES[dtype];
  if (kind === 'uint' || kind === 'int') return () => [1, 2, 3, kind === 'uint' ? 4 : -3][integer(0, 3)];
  const large = itemsize === 2 ? 32 : 2 ** 20;
  return () => [large, -large, 1, 1 / 8, -1 / 4][integer(0, 4)];
}

const SMALLEST: Partial<Record<DType, number>> = {
  float16: 2 ** -24,
  bfloat16: 2 ** -133,
  float32: 2 ** -149,
  complex64: 2 ** -149,
  float64: 2 ** -1074,
  complex128: 2 ** -1074,
};

function subnormals(dtype: DType, integer: (low: number, high: number) => number): Values {
  const smallest = SMALLEST[dtype];
  if (smallest === undefined) return () => integer(0, 2);
  return () => (integer(0, 2) === 0 ? integer(-2, 2) : integer(-100, 100) * smallest);
}
