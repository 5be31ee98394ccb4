/**
 * From a ConvProblem to what kernels see: one arithmetic, strides in real numbers, and phases, the affine convolutions that it falls
 * apart into. Complex numbers have become neighbouring features.
 */
import { convGeometry, DTYPES, type ConvGeometry, type ConvProblem } from '@laxconv/api/backend';
import { arithmeticOf, type Arithmetic } from './arithmetic.ts';
import { cutAtPadding, piecesOf, type Piece } from './phases.ts';

/** An affine convolution: one piece per spatial dimension. */
export type Phase = readonly Piece[];

/** A problem as kernels see it. */
export interface LoweredConv {
  readonly problem: ConvProblem;
  readonly geometry: ConvGeometry;
  readonly arithmetic: Arithmetic;
  /** Real numbers in an element of lhs and rhs, of a sum, and of the result (a complex result of real operands has real sums). */
  readonly components: { readonly operand: 1 | 2; readonly sum: 1 | 2; readonly result: 1 | 2 };
  readonly phases: readonly Phase[];
  /** False where some output element sums nothing, and no phase writes it. */
  readonly complete: boolean;
  /** Per spatial dimension, the input elements that phases reach, padding included: from `low` to before `end`. */
  readonly reach: readonly { readonly low: number; readonly end: number }[];
}

/** `problem`, lowered. `exact` cuts at every border, so that no weight meets padding: what a weight that is not finite needs. */
export function lower(problem: ConvProblem, exact: boolean): LoweredConv {
  const geometry = convGeometry(problem);
  let complete = true;
  const perDimension = geometry.spatial.map((dimension) => {
    const whole = piecesOf(dimension);
    complete &&= whole.complete;
    return whole.pieces.flatMap((piece) => {
      const cut = cutAtPadding(piece, dimension.input, exact);
      complete &&= cut.complete;
      return cut.pieces;
    });
  });
  const operand = DTYPES[problem.lhs.dtype].components;
  return {
    problem,
    geometry,
    arithmetic: arithmeticOf(problem),
    components: { operand, sum: operand, result: DTYPES[problem.out.dtype].components },
    phases: product(perDimension),
    complete,
    reach: perDimension.map(reachOf),
  };
}

function product(perDimension: readonly (readonly Piece[])[]): Piece[][] {
  return perDimension.reduce<Piece[][]>((phases, pieces) => phases.flatMap((phase) => pieces.map((piece) => [...phase, piece])), [[]]);
}

function reachOf(pieces: readonly Piece[]): { low: number; end: number } {
  if (pieces.length === 0) return { low: 0, end: 0 };
  let [low, end] = [Infinity, -Infinity];
  for (const { origin, count, xStep, taps, tapStep } of pieces) {
    low = Math.min(low, origin);
    end = Math.max(end, origin + (count - 1) * xStep + (taps - 1) * tapStep + 1);
  }
  return { low, end };
}
