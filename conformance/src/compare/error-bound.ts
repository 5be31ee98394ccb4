/**
 * What a plan's declared bound allows (`docs/numerics.md`): whether the plan may declare it, and how far each element may be off.
 */
import { accumulatorOf, DTYPES, type AnyTensor, type ConvProblem, type ErrorBound } from '@laxconv/api/backend';
import { ConformanceFailure } from '../suite/test.ts';
import type { FloatReference } from '../oracle/evaluate.ts';
import { eachOutput } from '../oracle/layout.ts';
import { signalMagnitudes, tileMagnitudes, transformLength } from '../oracle/reach.ts';
import { realValues } from '../oracle/read-values.ts';
import { formatOf, type NumberFormat } from './number-formats.ts';

/** The largest c that a plan may state, per kind: pointwise admits complex by three products. */
export const LARGEST_C = { pointwise: 4, tile: 8, signal: 4 } as const;

/** Throws unless a plan for `problem` may declare `bound`. */
export function checkErrorBound(problem: ConvProblem, bound: ErrorBound): void {
  const fail = (message: string): never => {
    throw new ConformanceFailure(`the plan's errorBound ${JSON.stringify(bound)}: ${message}`);
  };
  const { dtype } = problem.out;
  const isFloat = DTYPES[dtype].kind === 'float' || DTYPES[dtype].kind === 'complex';
  if (bound.kind === 'exact') return;
  if (!isFloat) fail(`${dtype} results are exact`);
  if (!Object.hasOwn(LARGEST_C, bound.kind)) fail("kind must be 'exact', 'pointwise', 'tile' or 'signal'");
  const most = LARGEST_C[bound.kind];
  if (!(bound.c > 0 && bound.c <= most)) fail(`c must be above 0 and at most ${most}`);
  if (bound.kind === 'pointwise') return;
  if (problem.precision === 'highest') fail("precision 'highest' allows pointwise kernels only");
  if (bound.kind === 'signal' && problem.method === 'direct') fail("method 'direct' forbids the FFT");
  if (bound.kind === 'signal' && problem.precision !== 'default') fail(`precision '${problem.precision}' forbids the FFT`);
  if (bound.kind === 'tile' && !isTile(bound.tile, problem.windowStrides.length))
    fail('tile must have one positive size per spatial dimension');
}

function isTile(tile: readonly number[], dimensions: number): boolean {
  return Array.isArray(tile) && tile.length === dimensions && tile.every((size) => Number.isInteger(size) && size > 0);
}

/** What the allowed errors of a result depend on. */
export interface Allowance {
  readonly problem: ConvProblem;
  readonly lhs: AnyTensor;
  readonly reference: FloatReference;
  readonly bound: ErrorBound;
  /** The format that products are added in; the problem's accumulator unless said otherwise. */
  readonly accumulation?: NumberFormat | undefined;
  /** What the backend says of NaN and infinity; 'ieee' unless said otherwise. */
  readonly nonFinite?: 'ieee' | 'unspecified' | undefined;
}

/**
 * How far each element of a float result may be from its reference, one rounding of the output included. Infinity: anything may come
 * out. NaN: the reference is not finite and the kernel is one that keeps to IEEE 754, element by element.
 */
export function allowedErrors({ problem, lhs, reference, bound, accumulation, nonFinite }: Allowance): Float64Array {
  const accumulator = accumulation ?? formatOf(accumulatorOf(problem));
  const output = formatOf(problem.out.dtype);
  const { taps } = reference.layout;
  const lost = nonFinite === 'unspecified' ? operandMagnitudes(reference) : undefined;
  const sums = sumErrors(problem, lhs, reference, bound, accumulator.roundoff);
  const isLocal = bound.kind === 'pointwise' || bound.kind === 'exact';
  const anything =
    nonFinite === 'unspecified' && !(reference.lhsMagnitudes.every(Number.isFinite) && reference.rhsMagnitudes.every(Number.isFinite));
  return sums.map((sum, index) => {
    if (anything || reference.free?.[index] === 1) return Infinity;
    const value = Math.hypot(reference.values[index], reference.imaginary?.[index] ?? 0);
    if (!Number.isFinite(value)) return isLocal ? NaN : Infinity;
    const underflow = (taps + (lost?.[index] ?? 0)) * accumulator.smallestNormal + output.smallestNormal;
    const allowed = sum + underflow + output.roundoff * (value + sum);
    return Number.isNaN(allowed) ? Infinity : allowed;
  });
}

/** Σ(|x| + |w|) of each element's products: of what WGSL may flush to zero, less than the smallest normal times the other factor is lost. */
function operandMagnitudes({ layout, lhsMagnitudes, rhsMagnitudes }: FloatReference): Float64Array {
  const sums = new Float64Array(layout.outputs);
  eachOutput(layout, (lhs, rhs, out) => {
    for (let t = 0; t < layout.taps; t++) sums[out] += lhsMagnitudes[lhs + layout.tapAt[t]] + rhsMagnitudes[rhs + t];
  });
  return sums;
}

function sumErrors(problem: ConvProblem, lhs: AnyTensor, reference: FloatReference, bound: ErrorBound, u: number): Float64Array {
  const { taps } = reference.layout;
  const gamma = (taps * u) / (1 - taps * u);
  switch (bound.kind) {
    case 'exact':
      return new Float64Array(reference.values.length);
    case 'pointwise':
      return reference.magnitudes.map((magnitude) => bound.c * gamma * magnitude);
    case 'tile':
      return tileMagnitudes(problem, reference, bound.tile).map((magnitude) => bound.c * gamma * magnitude);
    case 'signal': {
      const factor = bound.c * u * Math.log2(transformLength(problem));
      return signalMagnitudes(problem, reference, moduli(lhs)).map((magnitude) => factor * magnitude);
    }
  }
}

function moduli(tensor: AnyTensor): Float64Array {
  const { re, im } = realValues(tensor);
  return im === undefined ? re.map(Math.abs) : re.map((value, index) => Math.hypot(value, im[index]));
}
