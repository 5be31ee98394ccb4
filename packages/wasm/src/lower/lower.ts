/**
 * From a ConvProblem to what kernels see: one arithmetic, strides in real numbers, and phases, the affine convolutions that it falls
 * apart into. Complex numbers have become neighbouring features.
 */
import {
  classesOf,
  convGeometry,
  cutAtPadding,
  DTYPES,
  piecesOf,
  type ConvGeometry,
  type ConvProblem,
  type Piece,
  type Pieces,
  type SpatialDimension,
} from '@laxconv/api/backend';
import { ARITHMETICS, arithmeticOf, type Arithmetic } from './arithmetic.ts';

/** An affine convolution: one piece per spatial dimension. */
export type Phase = readonly Piece[];

/** The elements of a spatial dimension from `low` to before `end`; negative ones, and those beyond the input, are padding. */
export interface Span {
  readonly low: number;
  readonly end: number;
}

/** A problem as kernels see it. */
export interface LoweredConv {
  readonly problem: ConvProblem;
  readonly geometry: ConvGeometry;
  readonly arithmetic: Arithmetic;
  /** Real numbers in an element of lhs and rhs, and in a sum: also where the result of real operands is complex. */
  readonly components: 1 | 2;
  readonly phases: readonly Phase[];
  /** False where some output element sums nothing, and no phase writes it. */
  readonly complete: boolean;
  /** Per spatial dimension, the input elements that phases reach, padding included. */
  readonly reach: readonly Span[];
  /** Why only a kernel that reads lhs in place and knows no phases can run it; undefined for almost everything. */
  readonly wild?: string;
}

/** More bytes of a padded operand than this are out of proportion, … */
export const MOST_BYTES = 2 ** 31;
/** … and so are more phases, or more taps in a row to look for cuts at. */
const MOST_PHASES = 4096;
const MOST_TAPS = 2 ** 16;
/** Entries of a table of lines or segments (plan/igemm/igemm-loops.ts), which JavaScript builds. */
const MOST_ENTRIES = 2 ** 21;

/** `problem`, lowered. `exact` cuts at every border, so that no weight meets padding, which a weight that is not finite needs: see `isInside`. */
export function lower(problem: ConvProblem, exact: boolean): LoweredConv {
  return lowerCut(problem, (piece, input) => cutAtPadding(piece, input, exact));
}

/** How a piece of a dimension of `input` elements is cut further. */
export type Cut = (piece: Piece, input: number) => Pieces;

/** `problem`, lowered, its pieces cut by `cut`. */
export function lowerCut(problem: ConvProblem, cut: Cut): LoweredConv {
  const geometry = convGeometry(problem);
  const { spatial, batch } = geometry;
  const known = {
    problem,
    geometry,
    arithmetic: arithmeticOf(problem),
    components: DTYPES[problem.lhs.dtype].components,
  } as const;
  if (spatial.reduce((product, dimension) => product * classesOf(dimension), 1) > MOST_PHASES) {
    return { ...known, phases: [], complete: false, reach: [], wild: 'too many phases' };
  }
  const whole = spatial.map(piecesOf);
  const cutPieces = spatial.map((dimension, d) => cutAll(whole[d].pieces, dimension, cut));
  // Where cuts leave too much to look after, padding is met.
  const pieces = countOf(cutPieces) <= MOST_PHASES ? cutPieces : whole;
  const perDimension = pieces.map((dimension) => dimension.pieces);
  const reach = perDimension.map(reachOf);
  const phases = combinations(perDimension);
  const wild = paddedBytes(known, reach) > MOST_BYTES ? 'too much padding' : isLong(phases, batch) ? 'too long tables' : undefined;
  return {
    ...known,
    phases,
    complete: whole.every(({ complete }) => complete) && pieces.every(({ complete }) => complete),
    reach,
    ...(wild === undefined ? {} : { wild }),
  };
}

/** Whether no phase meets padding. */
export function isInside({ reach, geometry }: LoweredConv): boolean {
  return reach.every(({ low, end }, d) => low >= 0 && end <= geometry.spatial[d].input);
}

/** Bytes of a copy of lhs with all that `reach` has. */
export function paddedBytes(
  { geometry, components, arithmetic }: Pick<LoweredConv, 'geometry' | 'components' | 'arithmetic'>,
  reach: readonly Span[],
): number {
  const { batch, groups, inFeatures } = geometry;
  const { operandBytes } = ARITHMETICS[arithmetic];
  return reach.reduce((size, { low, end }) => size * (end - low), batch * groups * inFeatures * components * operandBytes);
}

function cutAll(pieces: readonly Piece[], { input }: SpatialDimension, cut: Cut): Pieces {
  const parts = pieces.map((piece) => (piece.taps > MOST_TAPS ? { pieces: [piece], complete: true } : cut(piece, input)));
  return { pieces: parts.flatMap((each) => each.pieces), complete: parts.every(({ complete }) => complete) };
}

/** Whether tables of all loops but the longest one would be out of proportion. */
function isLong(phases: readonly Phase[], batch: number): boolean {
  const entries = (loops: readonly number[]): number => loops.reduce((a, b) => a * b, 1) / loops.reduce((a, b) => Math.max(a, b), 1);
  const lines = phases.reduce((sum, phase) => sum + entries([batch, ...phase.map(({ count }) => count)]), 0);
  const segments = phases.reduce((sum, phase) => sum + entries(phase.map(({ taps }) => taps)), 0);
  return lines > MOST_ENTRIES || segments > MOST_ENTRIES;
}

function countOf(perDimension: readonly Pieces[]): number {
  return perDimension.reduce((count, { pieces }) => count * pieces.length, 1);
}

/** Every combination of a piece of each dimension. */
export function combinations(perDimension: readonly (readonly Piece[])[]): Piece[][] {
  return perDimension.reduce<Piece[][]>((phases, pieces) => phases.flatMap((phase) => pieces.map((piece) => [...phase, piece])), [[]]);
}

/** The input elements that `pieces` reach. */
export function reachOf(pieces: readonly Piece[]): Span {
  if (pieces.length === 0) return { low: 0, end: 0 };
  let [low, end] = [Infinity, -Infinity];
  for (const { origin, count, xStep, taps, tapStep } of pieces) {
    low = Math.min(low, origin);
    end = Math.max(end, origin + (count - 1) * xStep + (taps - 1) * tapStep + 1);
  }
  return { low, end };
}
