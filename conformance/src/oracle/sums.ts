/** The sums themselves: one function per kind of number. Each walks the taps of a laid-out problem. */
import { eachOutput, type OracleLayout } from './layout.ts';

/** Real sums and Σ|x·w|. `exactProducts` says that products of these operands are exact in float64, so plain addition will do. */
export function realSums(
  layout: OracleLayout,
  x: Float64Array,
  w: Float64Array,
  exactProducts: boolean,
): { values: Float64Array; magnitudes: Float64Array } {
  const values = new Float64Array(layout.outputs);
  const magnitudes = new Float64Array(layout.outputs);
  const { tapAt, taps } = layout;
  if (exactProducts) {
    eachOutput(layout, (lhs, rhs, out) => {
      let sum = 0;
      let magnitude = 0;
      for (let t = 0; t < taps; t++) {
        const term = x[lhs + tapAt[t]] * w[rhs + t];
        sum += term;
        magnitude += Math.abs(term);
      }
      values[out] = sum;
      magnitudes[out] = magnitude;
    });
    return { values, magnitudes };
  }
  const dot = new CompensatedSum();
  eachOutput(layout, (lhs, rhs, out) => {
    let magnitude = 0;
    dot.reset();
    for (let t = 0; t < taps; t++) magnitude += Math.abs(dot.add(x[lhs + tapAt[t]], w[rhs + t]));
    values[out] = dot.value();
    magnitudes[out] = magnitude;
  });
  return { values, magnitudes };
}

/** Complex sums, always compensated: the differences in the real part must not lose what a float64 result is held to. */
export function complexSums(
  layout: OracleLayout,
  x: { readonly re: Float64Array; readonly im: Float64Array },
  w: { readonly re: Float64Array; readonly im: Float64Array },
): { values: Float64Array; imaginary: Float64Array } {
  const values = new Float64Array(layout.outputs);
  const imaginary = new Float64Array(layout.outputs);
  const [re, im] = [new CompensatedSum(), new CompensatedSum()];
  eachOutput(layout, (lhs, rhs, out) => {
    re.reset();
    im.reset();
    for (let t = 0; t < layout.taps; t++) {
      const [at, tap] = [lhs + layout.tapAt[t], rhs + t];
      re.add(x.re[at], w.re[tap]);
      re.add(-x.im[at], w.im[tap]);
      im.add(x.re[at], w.im[tap]);
      im.add(x.im[at], w.re[tap]);
    }
    values[out] = re.value();
    imaginary[out] = im.value();
  });
  return { values, imaginary };
}

/** Integer sums, where every partial sum is exact in float64. */
export function safeIntegerSums(layout: OracleLayout, x: Float64Array, w: Float64Array): Float64Array {
  const values = new Float64Array(layout.outputs);
  const { tapAt, taps } = layout;
  eachOutput(layout, (lhs, rhs, out) => {
    let sum = 0;
    for (let t = 0; t < taps; t++) sum += x[lhs + tapAt[t]] * w[rhs + t];
    values[out] = sum;
  });
  return values;
}

/** Integer sums without any limit. */
export function bigintSums(layout: OracleLayout, x: readonly bigint[], w: readonly bigint[]): bigint[] {
  const values = new Array<bigint>(layout.outputs);
  const { tapAt, taps } = layout;
  eachOutput(layout, (lhs, rhs, out) => {
    let sum = 0n;
    for (let t = 0; t < taps; t++) sum += x[lhs + tapAt[t]] * w[rhs + t];
    values[out] = sum;
  });
  return values;
}

/**
 * A dot product as if computed in twice float64's precision (Ogita, Rump and Oishi's Dot2), for references of float64 results. Terms
 * so large that splitting overflows, and infinities, fall back to plain float64.
 */
export class CompensatedSum {
  #sum = 0;
  #error = 0;

  reset(): void {
    this.#sum = 0;
    this.#error = 0;
  }

  /** Adds a·b and returns the rounded product. */
  add(a: number, b: number): number {
    const term = a * b;
    const sum = this.#sum + term;
    const part = sum - this.#sum;
    this.#error += this.#sum - (sum - part) + (term - part) + productError(a, b, term);
    this.#sum = sum;
    return term;
  }

  value(): number {
    const corrected = this.#sum + this.#error;
    return Number.isNaN(corrected) ? this.#sum : corrected;
  }
}

const SPLITTER = 2 ** 27 + 1;

/** a·b − term, where term is a·b rounded (Dekker). */
function productError(a: number, b: number, term: number): number {
  const aHigh = a * SPLITTER - (a * SPLITTER - a);
  const bHigh = b * SPLITTER - (b * SPLITTER - b);
  const [aLow, bLow] = [a - aHigh, b - bHigh];
  return aLow * bLow - (term - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}
