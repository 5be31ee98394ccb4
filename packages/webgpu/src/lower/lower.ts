/**
 * From a ConvProblem to what kernels see: one arithmetic, strides in numbers, and phases, the affine convolutions that it falls apart into.
 */
import { classesOf, convGeometry, piecesOf, type ConvGeometry, type ConvProblem, type Piece } from '@laxconv/api/backend';
import type { StoredTensors } from '../wgsl/stored.wgsl.ts';
import { arithmeticOf, DTYPE_OF, type Arithmetic } from './arithmetic.ts';

/** An affine convolution: one piece per spatial dimension. */
export type Phase = readonly Piece[];

/** A problem as kernels see it. */
export interface LoweredConv {
  readonly problem: ConvProblem;
  readonly geometry: ConvGeometry;
  readonly arithmetic: Arithmetic;
  /** What kernels read and write; rhs is in the arithmetic's dtype. */
  readonly stored: StoredTensors;
  readonly phases: readonly Phase[];
  /** False where some output element sums nothing, and no phase writes it. */
  readonly complete: boolean;
  /** Why only a kernel that knows no phases can run it; undefined for almost everything. */
  readonly wild?: string;
}

/** More dispatches of a run than this are out of proportion. */
const MOST_PHASES = 256;

/**
 * `problem`, lowered, for kernels that read and write what they compute in.
 * @throws UnsupportedProblemError where a dtype has no counterpart in WGSL
 */
export function lower(problem: ConvProblem): LoweredConv {
  const geometry = walked(convGeometry(problem));
  const arithmetic = arithmeticOf(problem);
  const known = { problem, geometry, arithmetic, stored: computedIn(arithmetic) };
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

/** `geometry` without steps that nobody takes, which may be of any size: a single position, a single tap, a single element. */
function walked(geometry: ConvGeometry): ConvGeometry {
  const spatial = geometry.spatial.map((dimension) => ({
    ...dimension,
    stride: dimension.output === 1 ? 1 : dimension.stride,
    rhsDilation: dimension.kernel === 1 ? 1 : dimension.rhsDilation,
    lhsDilation: dimension.input === 1 ? 1 : dimension.lhsDilation,
  }));
  return { ...geometry, spatial };
}

/** Tensors of elements that kernels of `arithmetic` compute with. */
export function computedIn(arithmetic: Arithmetic): StoredTensors {
  return { lhs: DTYPE_OF[arithmetic], out: DTYPE_OF[arithmetic] };
}
