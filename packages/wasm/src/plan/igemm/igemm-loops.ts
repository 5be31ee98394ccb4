/** The loops of the implicit GEMM as tables: lines of output positions, segments of the reduction. Offsets in elements. */
import type { LoweredConv, Phase } from '../../lower/lower.ts';
import type { OperandLayout } from '../../layout/operand-layout.ts';
import type { ResultLayout } from '../../layout/result-layout.ts';

interface Loop {
  readonly count: number;
  readonly x: number;
  readonly y: number;
}

/** Output positions: the innermost loop is the line, the others are its table. */
export interface Lines {
  readonly origin: number;
  readonly table: readonly { readonly x: number; readonly y: number }[];
  readonly width: number;
  readonly rows: number;
  readonly xStep: number;
  readonly yStep: number;
}

/** The positions of one group in `phase`, neighbours in lhs next to each other. */
export function linesOf({ geometry }: LoweredConv, phase: Phase, x: OperandLayout, y: ResultLayout): Lines {
  const loops: Loop[] = [
    { count: geometry.batch, x: x.batch, y: y.batch },
    ...phase.map(({ count, xStep, step }, d) => ({ count, x: xStep * x.spatial[d], y: step * y.spatial[d] })),
  ];
  const [{ count: width, x: xStep, y: yStep }, ...outer] = joinedLoops(loops).toReversed();
  let table = [{ x: 0, y: 0 }];
  for (const loop of outer.toReversed()) table = table.flatMap((at) => walk(loop).map((step) => ({ x: at.x + step.x, y: at.y + step.y })));
  const origin = phase.reduce((sum, { start }, d) => sum + start * y.spatial[d], 0);
  return { origin, table, width, rows: width * table.length, xStep, yStep };
}

function walk({ count, x, y }: Loop): { x: number; y: number }[] {
  return Array.from({ length: count }, (_, index) => ({ x: index * x, y: index * y }));
}

/** By falling stride in lhs; neighbours that walk on from each other, in lhs and result alike, are one loop. */
function joinedLoops(loops: readonly Loop[]): Loop[] {
  const sorted = loops.filter(({ count }) => count > 1).toSorted((a, b) => b.x - a.x);
  const joined: Loop[] = [];
  for (const loop of sorted.toReversed()) {
    const inner = joined[0];
    if (inner !== undefined && loop.x === inner.count * inner.x && loop.y === inner.count * inner.y) {
      joined[0] = { count: loop.count * inner.count, x: inner.x, y: inner.y };
    } else joined.unshift(loop);
  }
  return joined.length === 0 ? [{ count: 1, x: 0, y: 0 }] : joined;
}

/** The reduction: `table` has where each segment starts, relative to a row; a segment is `length` elements `step` apart. */
export interface Segments {
  readonly origin: number;
  readonly table: readonly number[];
  readonly length: number;
  readonly step: number;
}

/** The taps of `phase`, in the order of `tapOrder`, and the features below them; what lies at one stride is one segment. */
export function segmentsOf(phase: Phase, x: OperandLayout, pair: number): Segments {
  const origin = originOf(phase, x);
  let length = x.features / pair;
  let step = pair;
  const outer: { count: number; stride: number }[] = [];
  for (const d of tapOrder(phase, x).toReversed()) {
    const { taps, tapStep } = phase[d];
    const stride = tapStep * x.spatial[d];
    if (taps === 1) continue;
    if (outer.length === 0 && length === 1) [length, step] = [taps, stride];
    else if (outer.length === 0 && stride === length * step) length *= taps;
    else outer.push({ count: taps, stride });
  }
  let table = [0];
  for (const { count, stride } of outer.toReversed()) {
    table = table.flatMap((at) => Array.from({ length: count }, (_, index) => at + index * stride));
  }
  return { origin, table, length, step };
}

/** The taps of `phase`, one by one in the order of `tapOrder`: where each lies relative to a position. */
export function tapsOf(phase: Phase, x: OperandLayout): { readonly origin: number; readonly table: readonly number[] } {
  let table = [0];
  for (const d of tapOrder(phase, x)) {
    const stride = phase[d].tapStep * x.spatial[d];
    table = table.flatMap((at) => Array.from({ length: phase[d].taps }, (_, index) => at + index * stride));
  }
  return { origin: originOf(phase, x), table };
}

/** Where the first tap of the first output position lies. */
function originOf(phase: Phase, x: OperandLayout): number {
  return phase.reduce((sum, piece, d) => sum + (piece.origin - x.origin[d]) * x.spatial[d], 0);
}

/** Spatial dimensions from the outermost loop over taps to the innermost: by falling stride in lhs. */
export function tapOrder(phase: Phase, x: OperandLayout): number[] {
  return phase.map((_, d) => d).toSorted((a, b) => x.spatial[b] * phase[b].tapStep - x.spatial[a] * phase[a].tapStep);
}
