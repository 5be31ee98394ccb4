/** The loops of the line kernels as tables: lines of outputs, and the reduction in the order in which weights are packed. */
import { placeOf, type LineOperand } from '../../layout/line-operand.ts';
import type { LineResult } from '../../layout/line-result.ts';
import type { LoweredConv, Phase } from '../../lower/lower.ts';
import { ROWS } from './rows-tiles.ts';

/** Outputs of one group and feature: lines of `width` neighbours. Offsets in elements. */
export interface RowsLines {
  readonly table: readonly { readonly x: number; readonly y: number }[];
  readonly width: number;
}

/**
 * The dimension whose neighbouring lines are computed in pairs, since the next line meets what this one met, one tap later; null where
 * there is none. `line` is the dimension that lines run along.
 */
export function pairedDimension({ arithmetic, geometry, components }: LoweredConv, phase: Phase, line: number): number | null {
  if (ROWS[arithmetic].pairs === 0 || geometry.outFeatures * components > 1) return null;
  const fitting = phase.flatMap(({ count, taps, xStep, tapStep }, d) =>
    d !== line && count > 1 && taps > 1 && xStep === tapStep ? [d] : [],
  );
  return fitting.length === 0 ? null : fitting.reduce((best, d) => (phase[d].taps >= phase[best].taps ? d : best));
}

interface Loop {
  readonly x: number;
  readonly y: number;
  readonly places: readonly number[];
}

/** The lines of `phase`; what walks on where a line ends, in lhs and result alike, belongs to it. Of a pair, the first line. */
export function rowsLines(
  { geometry }: LoweredConv,
  phase: Phase,
  line: number,
  pair: number | null,
  x: LineOperand,
  y: LineResult,
): RowsLines {
  const start = phase.reduce(
    (sum, piece, d) =>
      sum + (d === line ? (piece.start % y.split) * y.phase + Math.floor(piece.start / y.split) : piece.start * y.spatial[d]),
    0,
  );
  const loops: Loop[] = [
    { x: x.batch, y: y.batch, places: upTo(geometry.batch) },
    ...phase.flatMap(({ count, xStep, step }, d) =>
      d === line ? [] : [{ x: xStep * x.spatial[d], y: step * y.spatial[d], places: d === pair ? everySecond(count) : upTo(count) }],
    ),
  ];
  let width = phase[line].count;
  const outer = loops.filter(({ places }) => places.length > 1).toSorted((a, b) => b.x - a.x);
  if (pair === null) {
    for (let loop = outer.at(-1); loop?.x === width && loop.y === width; loop = outer.at(-1)) {
      width *= loop.places.length;
      outer.pop();
    }
  }
  let table = [{ x: 0, y: start }];
  for (const loop of outer)
    table = table.flatMap((at) => loop.places.map((place) => ({ x: at.x + place * loop.x, y: at.y + place * loop.y })));
  return { table, width };
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

/** The first places of pairs; the last pair overlaps the one before where the count is odd. */
function everySecond(count: number): number[] {
  return Array.from({ length: Math.ceil(count / 2) }, (_, index) => Math.min(2 * index, count - 2));
}

/** One loop of the reduction: where its elements lie in lhs, and how far apart their weights. */
export interface ReductionLoop {
  /** The spatial dimension, or what of the features. */
  readonly over: number | 'feature' | 'component';
  readonly count: number;
  /** Offsets in lhs; one more than the count along a paired dimension. */
  readonly x: readonly number[];
  /** The distance of weights; components are planes of weights apart, see rows-weights.ts. */
  readonly w: number;
}

/** The reduction: loops from the outermost to the innermost, which walks in equal steps. */
export interface Reduction {
  readonly loops: readonly ReductionLoop[];
  /** Elements in all. */
  readonly elements: number;
  readonly length: number;
  readonly step: number;
  /** Where each run of the innermost loop starts. */
  readonly segments: readonly number[];
}

/** A stride whose multiples fall into the same set of a first-level cache. */
const ALIASED = 1024;
const ONCE: ReductionLoop = { over: 'feature', count: 1, x: [0], w: 0 };

/** The reduction of `phase`. */
export function rowsReduction(
  { geometry, components }: LoweredConv,
  phase: Phase,
  line: number,
  pair: number | null,
  x: LineOperand,
): Reduction {
  const { rhs, inFeatures } = geometry;
  const features: ReductionLoop[] = [
    { over: 'feature', count: inFeatures, x: upTo(inFeatures).map((i) => i * x.feature), w: rhs.inner },
    { over: 'component', count: components, x: upTo(components).map((i) => i * x.component), w: 0 },
  ];
  const taps = phase.map((piece, d): ReductionLoop => {
    const first = piece.origin - x.origin[d];
    const places = upTo(piece.taps + (d === pair ? 1 : 0)).map((tap) => first + tap * piece.tapStep);
    return {
      over: d,
      count: piece.taps,
      x: places.map((at) => (d === line ? placeOf(x, at) : at * x.spatial[d])),
      w: piece.wStep * rhs.spatial[d],
    };
  });
  const paired = taps.filter(({ over }) => over === pair);
  const free = [...features, ...taps].filter(({ over }) => over !== pair).toSorted((a, b) => strideOf(b) - strideOf(a));
  // The longest run is innermost; the others keep what is near near.
  const longest = free.reduce((best, loop) => (runOf(loop) >= runOf(best) ? loop : best));
  const inner = runOf(longest) === longest.count ? longest : ONCE;
  const loops = [...free.filter((loop) => loop !== inner), ...paired, inner];
  let segments = [inner.x[0]];
  for (const loop of loops.slice(0, -1)) segments = segments.flatMap((at) => loop.x.map((place) => at + place));
  return {
    loops,
    elements: loops.reduce((product, { count }) => product * count, 1),
    length: inner.count,
    step: strideOf(inner),
    segments,
  };
}

function strideOf({ x }: ReductionLoop): number {
  return x.length > 1 ? x[1] - x[0] : 0;
}

/** How many elements of a loop lie in equal steps, all or one. */
function runOf(loop: ReductionLoop): number {
  const stride = strideOf(loop);
  const isRun = stride % ALIASED !== 0 && loop.x.every((at, index) => at === loop.x[0] + index * stride);
  return isRun ? loop.count : 1;
}
