/**
 * From a ConvProblem to what kernels see: one arithmetic, strides in real numbers, and phases, the affine convolutions that it falls
 * apart into. Complex numbers have become neighbouring features.
 */
import { convGeometry, DTYPES, type ConvGeometry, type ConvProblem } from '@laxconv/api/backend';
import { arithmeticOf, type Arithmetic } from './arithmetic.ts';
import { cutAtPadding, piecesOf, type Piece, type Pieces } from './phases.ts';

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
  return lowerCut(problem, (piece, input) => cutAtPadding(piece, input, exact));
}

/** How a piece of a dimension of `input` elements is cut further. */
export type Cut = (piece: Piece, input: number) => Pieces;

/** `problem`, lowered, its pieces cut by `cut`. */
export function lowerCut(problem: ConvProblem, cut: Cut): LoweredConv {
  const geometry = convGeometry(problem);
  let complete = true;
  const perDimension = geometry.spatial.map((dimension) => {
    const whole = piecesOf(dimension);
    complete &&= whole.complete;
    return whole.pieces.flatMap((piece) => {
      const parts = cut(piece, dimension.input);
      complete &&= parts.complete;
      return parts.pieces;
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
  const lows = pieces.map(({ origin }) => origin);
  const ends = pieces.map(({ origin, count, xStep, taps, tapStep }) => origin + (count - 1) * xStep + (taps - 1) * tapStep + 1);
  return pieces.length === 0 ? { low: 0, end: 0 } : { low: Math.min(...lows), end: Math.max(...ends) };
}
