/**
 * From a ConvProblem to what kernels see: one arithmetic, strides in numbers, and phases, the affine convolutions that it falls apart into.
 */
import { classesOf, convGeometry, piecesOf, type ConvGeometry, type ConvProblem, type Piece } from '@laxconv/api/backend';
import { arithmeticOf, type Arithmetic } from './arithmetic.ts';

/** An affine convolution: one piece per spatial dimension. */
export type Phase = readonly Piece[];

/** A problem as kernels see it. */
export interface LoweredConv {
  readonly problem: ConvProblem;
  readonly geometry: ConvGeometry;
  readonly arithmetic: Arithmetic;
  readonly phases: readonly Phase[];
  /** False where some output element sums nothing, and no phase writes it. */
  readonly complete: boolean;
  /** Why only a kernel that knows no phases can run it; undefined for almost everything. */
  readonly wild?: string;
}

/** More dispatches of a run than this are out of proportion. */
const MOST_PHASES = 256;

/**
 * `problem`, lowered.
 * @throws UnsupportedProblemError where a dtype has no counterpart in WGSL
 */
export function lower(problem: ConvProblem): LoweredConv {
  const geometry = convGeometry(problem);
  const known = { problem, geometry, arithmetic: arithmeticOf(problem) };
  if (geometry.spatial.reduce((product, dimension) => product * classesOf(dimension), 1) > MOST_PHASES) {
    return { ...known, phases: [], complete: false, wild: 'too many phases' };
  }
  const perDimension = geometry.spatial.map(piecesOf);
  const phases = perDimension.reduce<Piece[][]>(
    (all, { pieces }) => all.flatMap((phase) => pieces.map((piece) => [...phase, piece])),
    [[]],
  );
  return { ...known, phases, complete: perDimension.every(({ complete }) => complete) };
}
