/**
 * The rules of accumulation (docs/semantics.md, dtypes), one function per arithmetic. Operands come converted to the accumulator's dtype, products
 * are formed and added in it, and the sum is rounded to the output's dtype once, elsewhere.
 *
 * - float32 rounds every product and every sum to float32 (`Math.fround`). Summing in float64 would be closer to the truth, but not what
 *   the contract says, and a float16 or bfloat16 output would then be rounded twice: float64 → float32 → 16 bits. By the usual analysis
 *   the result is within γ(K)·Σ|x·w|: c = 1.
 * - int32 serves every integer of up to 32 bits, signed or not: sums and products modulo 2³² are right modulo 2⁸ and 2¹⁶ too, and cutting
 *   to the output's width is all that is left. int64 serves uint64 in the same way.
 * - bool is OR of ANDs. A bool operand of another output has been converted to 0 or 1, so it counts.
 * - complex: (a + bi)(c + di) = (ac − bd) + (ad + bc)i by four products, no conjugation. The two components' errors together stay below
 *   √2·γ(K + 1)·Σ|x|·|w|, which is c = 3 and less for every K.
 */
import { accumulatorOf, DTYPES, type ConvProblem, type DataOf, type DType, type ErrorBound } from '@laxconv/api/backend';
import type { Terms } from './terms.ts';

/** The dtypes that sums are formed in. */
export type Arithmetic = 'bool' | 'int32' | 'int64' | 'float32' | 'float64' | 'complex64' | 'complex128';

/** Elements of an operand, over any buffer. */
export type Elements<A extends DType> = DataOf<ArrayBufferLike>[A];

/** y[yAt] = Σ_t x[xAt + terms.lhs[t]] · w[wAt + terms.rhs[t]]; positions count elements of the tensor. */
export type SumOfProducts<A extends Arithmetic> = (
  terms: Terms,
  x: Elements<A>,
  xAt: number,
  w: Elements<A>,
  wAt: number,
  y: Elements<A>,
  yAt: number,
) => void;

/** The arithmetic that `problem` is computed in. */
export function arithmeticOf(problem: ConvProblem): Arithmetic {
  const accumulator = accumulatorOf(problem);
  switch (accumulator) {
    case 'int8':
    case 'int16':
    case 'uint8':
    case 'uint16':
    case 'uint32':
      return 'int32';
    case 'uint64':
      return 'int64';
    default:
      return accumulator;
  }
}

/** How far sums in `arithmetic` may be from the exact ones. */
export function errorBoundOf(arithmetic: Arithmetic): ErrorBound {
  const { kind } = DTYPES[arithmetic];
  if (kind === 'float') return { kind: 'pointwise', c: 1 };
  if (kind === 'complex') return { kind: 'pointwise', c: 3 };
  return { kind: 'exact' };
}

/** The sum of one output element, by arithmetic. */
export const SUM_OF_PRODUCTS: { readonly [A in Arithmetic]: SumOfProducts<A> } = {
  bool({ count, lhs, rhs }, x, xAt, w, wAt, y, yAt) {
    let any = 0;
    for (let t = 0; t < count && any === 0; t++) {
      if (x[xAt + lhs[t]] !== 0 && w[wAt + rhs[t]] !== 0) any = 1;
    }
    y[yAt] = any;
  },

  int32({ count, lhs, rhs }, x, xAt, w, wAt, y, yAt) {
    let sum = 0;
    for (let t = 0; t < count; t++) sum = (sum + Math.imul(x[xAt + lhs[t]], w[wAt + rhs[t]])) | 0;
    y[yAt] = sum;
  },

  int64({ count, lhs, rhs }, x, xAt, w, wAt, y, yAt) {
    let sum = 0n;
    for (let t = 0; t < count; t++) sum = BigInt.asIntN(64, sum + BigInt.asIntN(64, x[xAt + lhs[t]] * w[wAt + rhs[t]]));
    y[yAt] = sum;
  },

  float32({ count, lhs, rhs }, x, xAt, w, wAt, y, yAt) {
    let sum = 0;
    for (let t = 0; t < count; t++) sum = Math.fround(sum + Math.fround(x[xAt + lhs[t]] * w[wAt + rhs[t]]));
    y[yAt] = sum;
  },

  float64({ count, lhs, rhs }, x, xAt, w, wAt, y, yAt) {
    let sum = 0;
    for (let t = 0; t < count; t++) sum += x[xAt + lhs[t]] * w[wAt + rhs[t]];
    y[yAt] = sum;
  },

  complex64({ count, lhs, rhs }, x, xAt, w, wAt, y, yAt) {
    const { fround } = Math;
    let re = 0;
    let im = 0;
    for (let t = 0; t < count; t++) {
      const i = 2 * (xAt + lhs[t]);
      const j = 2 * (wAt + rhs[t]);
      re = fround(re + fround(fround(x[i] * w[j]) - fround(x[i + 1] * w[j + 1])));
      im = fround(im + fround(fround(x[i] * w[j + 1]) + fround(x[i + 1] * w[j])));
    }
    y[2 * yAt] = re;
    y[2 * yAt + 1] = im;
  },

  complex128({ count, lhs, rhs }, x, xAt, w, wAt, y, yAt) {
    let re = 0;
    let im = 0;
    for (let t = 0; t < count; t++) {
      const i = 2 * (xAt + lhs[t]);
      const j = 2 * (wAt + rhs[t]);
      re += x[i] * w[j] - x[i + 1] * w[j + 1];
      im += x[i] * w[j + 1] + x[i + 1] * w[j];
    }
    y[2 * yAt] = re;
    y[2 * yAt + 1] = im;
  },
};
