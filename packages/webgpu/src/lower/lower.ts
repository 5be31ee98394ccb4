/** From a ConvProblem to what kernels see: the 32-bit arithmetic, strides in numbers, and phases. */
import { convGeometry, piecesOf, type ConvGeometry, type ConvProblem, type Piece } from '@laxconv/api/backend';

/** An affine convolution: one piece per spatial dimension. */
export type Phase = readonly Piece[];

/** A problem as kernels see it. */
export interface LoweredConv {
  readonly problem: ConvProblem;
  readonly geometry: ConvGeometry;
  readonly arithmetic: 'f32' | 'i32' | 'u32';
  readonly phases: readonly Phase[];
  /** False where some output element sums nothing, and no phase writes it. */
  readonly complete: boolean;
}

/** `problem`, lowered. */
export function lower(problem: ConvProblem): LoweredConv {
  const geometry = convGeometry(problem);
  const perDimension = geometry.spatial.map(piecesOf);
  const phases = perDimension.reduce<Piece[][]>(
    (all, { pieces }) => all.flatMap((phase) => pieces.map((piece) => [...phase, piece])),
    [[]],
  );
  const arithmetic = problem.out.dtype === 'int32' ? 'i32' : problem.out.dtype === 'uint32' ? 'u32' : 'f32';
  return { problem, geometry, arithmetic, phases, complete: perDimension.every(({ complete }) => complete) };
}
