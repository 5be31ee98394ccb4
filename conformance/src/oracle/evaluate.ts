/**
 * The reference value of every output element, and Σ|x·w|: what results are held to. Own geometry, own decoding, own arithmetic:
 * integers exactly (wrapped to the output dtype), bool as OR of ANDs, floats in float64 (twice that for float64 results).
 *
 * Operands are first converted to the accumulator, as the contract says. NaN and infinity take part as IEEE 754 has it, except where a
 * non-finite weight meets padding or a dilation hole: there it is the platform's choice (StableHLO multiplies, XLA's CPU skips), and
 * the element is listed as `free`.
 */
import { accumulatorOf, DTYPES, type AnyTensor, type ConvProblem } from '@laxconv/api/backend';
import { eachOutput, layOut, scatter, type OracleLayout } from './layout.ts';
import { asAccumulated, bigintValues, realValues, type RealValues } from './read-values.ts';
import { bigintSums, complexSums, realSums, safeIntegerSums } from './sums.ts';

/** Reference of an integer or bool result: what it must be, exactly. Row-major in the output's layout. */
export interface ExactReference {
  readonly kind: 'exact';
  readonly layout: OracleLayout;
  /** Wrapped to the output dtype; bigint for 64-bit dtypes. */
  readonly values: ArrayLike<number | bigint>;
}

/** Reference of a float or complex result. Row-major in the output's layout. */
export interface FloatReference {
  readonly kind: 'float';
  readonly layout: OracleLayout;
  readonly values: Float64Array;
  /** Imaginary parts of a complex result. */
  readonly imaginary: Float64Array | undefined;
  /** Σ|x|·|w| of each element's products (moduli, where complex). */
  readonly magnitudes: Float64Array;
  /** |X̃| and |w| as laid out, for the bounds that look beyond an element's own products. */
  readonly lhsMagnitudes: Float64Array;
  readonly rhsMagnitudes: Float64Array;
  /** Elements (1) in which a non-finite weight meets padding or a hole: anything may come out. */
  readonly free: Uint8Array | undefined;
}

/** What a result is held to. */
export type Reference = ExactReference | FloatReference;

/** Evaluates `problem` on these operands. */
export function evaluate(problem: ConvProblem, lhs: AnyTensor, rhs: AnyTensor): Reference {
  const layout = layOut(problem);
  const { kind } = DTYPES[problem.out.dtype];
  return kind === 'float' || kind === 'complex' ? evaluateFloat(problem, layout, lhs, rhs) : evaluateExact(problem, layout, lhs, rhs);
}

function evaluateExact(problem: ConvProblem, layout: OracleLayout, lhs: AnyTensor, rhs: AnyTensor): ExactReference {
  const { dtype } = problem.out;
  const [x, w] = [bigintValues(lhs), bigintValues(rhs)];
  const limit = largest(x) * largest(w) * BigInt(layout.taps);
  const sums: ArrayLike<number | bigint> = limit <= BigInt(Number.MAX_SAFE_INTEGER) ? smallSums(layout, x, w) : largeSums(layout, x, w);
  if (dtype === 'bool') return { kind: 'exact', layout, values: Array.from(sums, (sum) => (sum === 0 || sum === 0n ? 0 : 1)) };
  const bits = DTYPES[dtype].itemsize * 8;
  const isSigned = DTYPES[dtype].kind === 'int';
  const values = Array.from(sums, (sum) => (isSigned ? BigInt.asIntN(bits, BigInt(sum)) : BigInt.asUintN(bits, BigInt(sum))));
  return { kind: 'exact', layout, values: bits === 64 ? values : values.map(Number) };
}

function smallSums(layout: OracleLayout, x: readonly bigint[], w: readonly bigint[]): Float64Array {
  const padded = new Float64Array(layout.paddedLength);
  const kernel = new Float64Array(layout.rhsAt.length);
  scatter(x.map(Number), layout.lhsAt, padded);
  scatter(w.map(Number), layout.rhsAt, kernel);
  return safeIntegerSums(layout, padded, kernel);
}

function largeSums(layout: OracleLayout, x: readonly bigint[], w: readonly bigint[]): bigint[] {
  const padded = new Array<bigint>(layout.paddedLength).fill(0n);
  const kernel = new Array<bigint>(layout.rhsAt.length).fill(0n);
  scatter(x, layout.lhsAt, padded);
  scatter(w, layout.rhsAt, kernel);
  return bigintSums(layout, padded, kernel);
}

function largest(values: readonly bigint[]): bigint {
  return values.reduce((most, value) => (value > most ? value : -value > most ? -value : most), 1n);
}

function evaluateFloat(problem: ConvProblem, layout: OracleLayout, lhs: AnyTensor, rhs: AnyTensor): FloatReference {
  const accumulator = accumulatorOf(problem);
  const x = laidOut(realValues(lhs), accumulator, layout.lhsAt, layout.paddedLength);
  const w = laidOut(realValues(rhs), accumulator, layout.rhsAt, layout.rhsAt.length);
  const [lhsMagnitudes, rhsMagnitudes] = [moduli(x), moduli(w)];
  const free = freeElements(layout, w);
  const exactProducts =
    DTYPES[lhs.dtype].itemsize <= 4 * DTYPES[lhs.dtype].components && accumulator !== 'float64' && accumulator !== 'complex128';
  const base = { kind: 'float', layout, lhsMagnitudes, rhsMagnitudes, free } as const;
  if (x.im === undefined || w.im === undefined) return { ...base, imaginary: undefined, ...realSums(layout, x.re, w.re, exactProducts) };
  const { values, imaginary } = complexSums(layout, { re: x.re, im: x.im }, { re: w.re, im: w.im });
  return { ...base, values, imaginary, magnitudes: realSums(layout, lhsMagnitudes, rhsMagnitudes, true).magnitudes };
}

function laidOut(values: RealValues, accumulator: ReturnType<typeof accumulatorOf>, at: Int32Array, length: number): RealValues {
  const place = (part: Float64Array): Float64Array => {
    const target = new Float64Array(length);
    scatter(asAccumulated(part, accumulator), at, target);
    return target;
  };
  return { re: place(values.re), im: values.im && place(values.im) };
}

function moduli({ re, im }: RealValues): Float64Array {
  return im === undefined ? re.map(Math.abs) : re.map((value, index) => Math.hypot(value, im[index]));
}

/** The elements whose sum has a non-finite weight on a place that holds no lhs element. */
function freeElements(layout: OracleLayout, w: RealValues): Uint8Array | undefined {
  const wild = w.re.map((value, index) => (Number.isFinite(value) && Number.isFinite(w.im?.[index] ?? 0) ? 0 : 1));
  if (!wild.includes(1)) return undefined;
  const holes = new Uint8Array(layout.paddedLength).fill(1);
  scatter(new Uint8Array(layout.lhsAt.length), layout.lhsAt, holes);
  const free = new Uint8Array(layout.outputs);
  eachOutput(layout, (lhs, rhs, out) => {
    for (let t = 0; t < layout.taps; t++) free[out] |= wild[rhs + t] & holes[lhs + layout.tapAt[t]];
  });
  return free;
}
