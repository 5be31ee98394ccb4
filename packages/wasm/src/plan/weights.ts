/** How weights are read where the caller has them: what the packing of every kernel starts from. Strides in elements. */
import { sizeOf } from '@laxconv/api/backend';
import { plainAxis, type CopyAxis } from '../layout/axis.ts';
import type { OperandLayout } from '../layout/operand-layout.ts';
import type { LoweredConv, Phase } from '../lower/lower.ts';
import { tapOrder } from './igemm/igemm-loops.ts';

/** A copy of weights, from element `source` to element `target`. */
export interface WeightCopy {
  readonly axes: readonly CopyAxis[];
  readonly source: number;
  readonly target: number;
}

/** The first weight of `phase`. */
export function firstWeight({ geometry: { rhs } }: LoweredConv, phase: Phase): number {
  return phase.reduce((sum, { wStart }, d) => sum + wStart * rhs.spatial[d], rhs.offset);
}

/** The taps of `phase`, copied `distance` apart in the order in which kernels walk them; and what they take. */
export function tapAxes(
  { geometry: { rhs } }: LoweredConv,
  phase: Phase,
  x: OperandLayout,
  distance: number,
): { readonly axes: readonly CopyAxis[]; readonly size: number } {
  const axes: CopyAxis[] = [];
  let size = distance;
  for (const d of tapOrder(phase, x).toReversed()) {
    axes.push(plainAxis(phase[d].taps, phase[d].wStep * rhs.spatial[d], size));
    size *= phase[d].taps;
  }
  return { axes, size };
}

/** Neighbours that share a lane, `count` of them `stride` apart, lanes `lane` apart; a last one alone has a zero beside it. */
export function pairCopies(axes: readonly CopyAxis[], count: number, stride: number, lane: number): WeightCopy[] {
  const pairs = Math.floor(count / 2);
  return [
    ...(pairs > 0 ? [{ axes: [...axes, plainAxis(pairs, 2 * stride, lane), plainAxis(2, stride, 1)], source: 0, target: 0 }] : []),
    ...(count % 2 === 1 ? [{ axes, source: 2 * pairs * stride, target: pairs * lane }] : []),
  ];
}

/** Complex weights are planes of reals (assembly/complex-planes.ts): re, im and −im, each so long. */
export function planeSize({ problem }: LoweredConv): number {
  return sizeOf(problem.rhs.shape);
}

/** The plane by which component `from` of lhs counts for component `to` of a sum: (a + bi)(c + di) = (ac − bd) + (ad + bc)i. */
export function planeOf(from: number, to: number): number {
  return from === to ? 0 : to === 1 ? 1 : 2;
}

/** The copies of all planes along `axes`: components of a sum are neighbours, those of lhs `distance` apart. */
export function planeCopies(lowered: LoweredConv, axes: readonly CopyAxis[], distance: number): WeightCopy[] {
  const plane = planeSize(lowered);
  return [0, 1].flatMap((from) => [0, 1].map((to) => ({ axes, source: planeOf(from, to) * plane, target: from * distance + to })));
}
