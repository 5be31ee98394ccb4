/**
 * How a phase falls into the tiles of F(m, 3). One or two dimensions are transformed; the taps of one more are summed under the
 * transform; all other loops go around the tiles. Where taps are `classes` positions apart, outputs that agree modulo that number meet
 * each other's inputs and nobody else's: each such class is a convolution without dilation.
 */
import { gcd, type Piece } from '@laxconv/api/backend';
import type { Phase } from '../../lower/lower.ts';
import type { OperandLayout } from '../../layout/operand-layout.ts';
import type { ResultLayout } from '../../layout/result-layout.ts';
import { tapOrder } from '../igemm/igemm-loops.ts';

/** A dimension whose taps are summed: `classes` times `chunks` pieces of `chunk` outputs. */
export interface Slices {
  /** Absent: no taps are summed, a tile has one slice. */
  readonly dimension?: number;
  readonly taps: number;
  readonly classes: number;
  /** Outputs of a class, at most. */
  readonly count: number;
  readonly chunk: number;
  readonly chunks: number;
  /** Slices of input that a chunk meets, and how far apart they are in lhs. */
  readonly inputs: number;
  readonly stride: number;
  /** Slices from one output to the next, and from one tap to the next. */
  readonly step: number;
  readonly tapStep: number;
}

/** The tiles of a phase. */
export interface Tiling {
  readonly phase: Phase;
  /** Outputs of a tile per transformed dimension, and inputs. */
  readonly outputs: 2 | 4;
  readonly inputs: 4 | 6;
  /** The transformed dimensions. */
  readonly tiled: readonly number[];
  readonly slices: Slices;
  /** Tiles of one group, of one slice each; the batch counts. */
  readonly tiles: number;
}

/** More outputs than these, along the dimension that is summed, are cut into chunks. */
const LONGEST_CHUNK = 16;
/** More lines of tiles than these, which JavaScript lists, are out of proportion. */
const MOST_LINES = 2 ** 20;
const ONE_SLICE: Slices = { taps: 1, classes: 1, count: 1, chunk: 1, chunks: 1, inputs: 1, stride: 0, step: 1, tapStep: 1 };

/** Every way to tile `phase`; none where no window is one of 3 taps, or too many are wider than 1. */
export function tilingsOf(phase: Phase, batch: number, outputs: 2 | 4): Tiling[] {
  const fit = phase.flatMap(({ taps, tapStep, xStep }, d) => (taps === 3 && tapStep % xStep === 0 ? [d] : []));
  const subsets = fit.flatMap((d, index) => [[d], ...fit.slice(index + 1).map((other) => [d, other])]);
  return subsets.flatMap((tiled) => {
    const summed = phase.flatMap(({ taps }, d) => (taps > 1 && !tiled.includes(d) ? [d] : []));
    if (summed.length > 1) return [];
    const slices = summed.length === 1 ? slicesOf(phase[summed[0]], summed[0]) : ONE_SLICE;
    const tiles = phase.reduce(
      (product, piece, d) =>
        product * (tiled.includes(d) ? tilesOf(piece, outputs) : d === slices.dimension ? slices.classes * slices.chunks : piece.count),
      batch,
    );
    // Which dimension lies along the lines, the layout says: here, the one that makes more of them.
    const perLine = Math.min(...tiled.map((d) => Math.ceil(countOf(phase[d], 0) / outputs)));
    return tiles / perLine > MOST_LINES ? [] : [{ phase, outputs, inputs: outputs === 4 ? 6 : 4, tiled, slices, tiles }];
  });
}

function classesOf({ count, xStep, tapStep }: Piece): number {
  return Math.min(count, tapStep / xStep);
}

/** Outputs of class `index`. */
function countOf({ count, xStep, tapStep }: Piece, index: number): number {
  return Math.ceil(((count - index) * xStep) / tapStep);
}

function tilesOf(piece: Piece, outputs: number): number {
  return classesOf(piece) * Math.ceil(countOf(piece, 0) / outputs);
}

function slicesOf(piece: Piece, dimension: number): Slices {
  const { taps, xStep, tapStep } = piece;
  const isAligned = tapStep % xStep === 0;
  const classes = isAligned ? classesOf(piece) : 1;
  const count = isAligned ? countOf(piece, 0) : piece.count;
  const stride = isAligned ? tapStep : gcd(xStep, tapStep);
  const [step, tap] = isAligned ? [1, 1] : [xStep / stride, tapStep / stride];
  const chunks = Math.ceil(count / LONGEST_CHUNK);
  const chunk = Math.ceil(count / chunks);
  const inputs = (chunk - 1) * step + (taps - 1) * tap + 1;
  return { dimension, taps, classes, count, chunk, chunks, inputs, stride, step, tapStep: tap };
}

/** Elements of lhs that the tiles reach per dimension: the last tile of a row reads as far as a whole one does. */
export function reachOf({ phase, outputs, tiled, slices }: Tiling): { low: number; end: number }[] {
  return phase.map((piece, d) => {
    const { origin, count, xStep, taps, tapStep } = piece;
    const inClass = (classes: number, last: number): number => origin + (classes - 1) * xStep + last + 1;
    if (tiled.includes(d)) {
      const length = Math.ceil(countOf(piece, 0) / outputs) * outputs + 2;
      return { low: origin, end: inClass(classesOf(piece), (length - 1) * tapStep) };
    }
    if (d === slices.dimension) {
      const length = (slices.chunks * slices.chunk - 1) * slices.step + (taps - 1) * slices.tapStep;
      return { low: origin, end: inClass(slices.classes, length * slices.stride) };
    }
    return { low: origin, end: inClass(count, (taps - 1) * tapStep) };
  });
}

/** Lines of tiles along the dimension `inner`, `tilesX` to a line. Offsets in elements. */
export interface TileLines {
  readonly inner: number;
  readonly outer: number | undefined;
  readonly tilesX: number;
  readonly lines: readonly Line[];
}

/** `height` outputs across the line, `width` along it, `slices` that are stored. */
export interface Line {
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly width: number;
  readonly slices: number;
}

type Loop = readonly Partial<Line>[];

/** The lines of `tiling` in lhs and result as they lie. */
export function tileLinesOf({ phase, tiled, outputs, slices }: Tiling, batch: number, x: OperandLayout, y: ResultLayout): TileLines {
  const order = tapOrder(phase, x).filter((d) => tiled.includes(d));
  const inner = order[order.length - 1];
  const outer = order.length === 2 ? order[0] : undefined;
  const start = {
    x: phase.reduce((sum, { origin }, d) => sum + (origin - x.origin[d]) * x.spatial[d], 0),
    y: phase.reduce((sum, piece, d) => sum + piece.start * y.spatial[d], 0),
    height: 1,
    width: 1,
    slices: 1,
  };
  // An output position of a dimension, from the start: where it lies.
  const at = (d: number, q: number): { x: number; y: number } => ({
    x: q * phase[d].xStep * x.spatial[d],
    y: q * phase[d].step * y.spatial[d],
  });
  const loops = phase.map((piece, d): Loop => {
    const classes = tiled.includes(d) ? classesOf(piece) : 1;
    if (d === inner) return range(classes).map((c) => ({ ...at(d, c), width: countOf(piece, c) }));
    if (d === outer) {
      return range(classes).flatMap((c) =>
        range(Math.ceil(countOf(piece, c) / outputs)).map((tile) => ({
          ...at(d, c + tile * outputs * (piece.tapStep / piece.xStep)),
          height: Math.min(outputs, countOf(piece, c) - tile * outputs),
        })),
      );
    }
    if (d === slices.dimension) {
      const { chunk, chunks, count } = slices;
      return range(slices.classes).flatMap((c) => {
        const own = slices.classes === 1 ? count : countOf(piece, c);
        return range(chunks).map((index) => ({
          ...at(d, c + index * chunk * outputStep(piece, slices)),
          slices: Math.min(chunk, own - index * chunk),
        }));
      });
    }
    return range(piece.count).map((q) => at(d, q));
  });
  const all: Loop[] = [range(batch).map((n) => ({ x: n * x.batch, y: n * y.batch })), ...loops];
  const lines = all.reduce<Line[]>(
    (outside, loop) =>
      outside.flatMap((line) => loop.map((own) => ({ ...line, ...own, x: line.x + (own.x ?? 0), y: line.y + (own.y ?? 0) }))),
    [start],
  );
  return { inner, outer, tilesX: Math.ceil(countOf(phase[inner], 0) / outputs), lines };
}

/** Output positions from one output of a class to the next. */
export function outputStep({ xStep, tapStep }: Piece, { classes }: Slices): number {
  return classes === 1 ? 1 : tapStep / xStep;
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
