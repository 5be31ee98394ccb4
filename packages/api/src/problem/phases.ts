/**
 * One spatial dimension as affine pieces. Output position p and tap k meet input element (p·stride + k·rhsDilation − padLow) / lhsDilation
 * where that divides. Positions that agree modulo the dilation meet the same taps: a piece is one such class, and in it the element is
 * affine in both. So no kernel ever multiplies an inserted zero, and strides and dilations are the same thing to all of them.
 */
import type { SpatialDimension } from './geometry.ts';
import { gcd, inverseModulo } from './modular.ts';

/** Output positions start + step·q for q < count, each meeting taps 0 … taps−1: element origin + xStep·q + tapStep·t, weight wStart + wStep·t. */
export interface Piece {
  /** The first output position. */
  readonly start: number;
  /** From one output position to the next. */
  readonly step: number;
  /** Output positions. */
  readonly count: number;
  /** The input element that the first position's first tap meets; outside the input it is padding. */
  readonly origin: number;
  /** Input elements from one output position's to the next one's. */
  readonly xStep: number;
  /** Taps that each position meets. */
  readonly taps: number;
  /** Input elements from one tap's to the next one's. */
  readonly tapStep: number;
  /** The kernel position of the first tap. */
  readonly wStart: number;
  /** Kernel positions from one tap to the next. */
  readonly wStep: number;
}

/** The pieces of a dimension, and whether they cover every output position: the others sum nothing. */
export interface Pieces {
  /** In no particular order; none shares an output position with another. */
  readonly pieces: readonly Piece[];
  /** False where some output position sums nothing but padding. */
  readonly complete: boolean;
}

/** The r in [0, modulus) with r·factor ≡ value, where factor and modulus share no divisor. */
function solve(factor: number, value: number, modulus: number): number {
  const m = BigInt(modulus);
  return Number((((BigInt(inverseModulo(factor, modulus)) * BigInt(value)) % m) + m) % m);
}

/**
 * How many classes the positions of `dimension` can fall into: positions of a class meet the same taps.
 *
 * @example
 * const dimension = { input: 4, kernel: 3, output: 7, stride: 1, padLow: 1, padHigh: 1, lhsDilation: 2, rhsDilation: 1 };
 * classesOf(dimension); // → 2
 */
export function classesOf({ kernel, lhsDilation, rhsDilation }: SpatialDimension): number {
  return Math.min(kernel, lhsDilation / gcd(rhsDilation, lhsDilation));
}

/**
 * The classes of `dimension`, without the taps that meet padding alone.
 *
 * @example
 * const dimension = { input: 4, kernel: 3, output: 7, stride: 1, padLow: 1, padHigh: 1, lhsDilation: 2, rhsDilation: 1 };
 * piecesOf(dimension).pieces.map(({ start, step, count, taps }) => [start, step, count, taps]); // → [[1, 2, 3, 2], [0, 2, 4, 1]]
 */
export function piecesOf(dimension: SpatialDimension): Pieces {
  const { kernel, output, stride, padLow, lhsDilation, rhsDilation } = dimension;
  const shared = gcd(stride, lhsDilation);
  const step = lhsDilation / shared;
  const wStep = lhsDilation / gcd(rhsDilation, lhsDilation);
  const pieces: Piece[] = [];
  let covered = 0;
  for (let wStart = 0; wStart < Math.min(wStep, kernel); wStart++) {
    const rest = padLow - wStart * rhsDilation;
    if (rest % shared !== 0) continue;
    const start = solve(stride / shared, rest / shared, step);
    if (start >= output) continue;
    const piece = withoutIdleTaps(
      {
        start,
        step,
        count: Math.ceil((output - start) / step),
        origin: (start * stride - rest) / lhsDilation,
        xStep: (step * stride) / lhsDilation,
        taps: Math.ceil((kernel - wStart) / wStep),
        tapStep: (wStep * rhsDilation) / lhsDilation,
        wStart,
        wStep,
      },
      dimension.input,
    );
    if (piece === null) continue;
    pieces.push(piece);
    covered += piece.count;
  }
  return { pieces, complete: covered === output };
}

function withoutIdleTaps(piece: Piece, input: number): Piece | null {
  const { origin, count, xStep, taps, tapStep } = piece;
  // Tap t meets elements from origin + t·tapStep to that plus the span of the outputs.
  const first = Math.max(0, Math.ceil((-origin - (count - 1) * xStep) / tapStep));
  const last = Math.min(taps - 1, Math.floor((input - 1 - origin) / tapStep));
  return last < first ? null : subset(piece, 0, count, first, last + 1);
}

function subset(piece: Piece, from: number, to: number, firstTap: number, endTap: number): Piece {
  return {
    ...piece,
    start: piece.start + from * piece.step,
    count: to - from,
    origin: piece.origin + from * piece.xStep + firstTap * piece.tapStep,
    taps: endTap - firstTap,
    wStart: piece.wStart + firstTap * piece.wStep,
  };
}

/**
 * The outputs of `piece` before `at`, and those from there on, each without the taps that meet padding alone.
 *
 * @param piece What is cut.
 * @param at The first output of the second part.
 * @param input Elements of the dimension.
 * @example
 * const dimension = { input: 4, kernel: 3, output: 4, stride: 1, padLow: 1, padHigh: 1, lhsDilation: 1, rhsDilation: 1 };
 * cutAt(piecesOf(dimension).pieces[0], 1, 4).map(({ count, taps }) => [count, taps]); // → [[1, 2], [3, 3]]
 */
export function cutAt(piece: Piece, at: number, input: number): Piece[] {
  const halves = at <= 0 || at >= piece.count ? [] : [subset(piece, 0, at, 0, piece.taps), subset(piece, at, piece.count, 0, piece.taps)];
  const pieces = halves.flatMap((half) => withoutIdleTaps(half, input) ?? []);
  return pieces.length === 2 ? pieces : [piece];
}

/** When a cut pays: where it saves this share of the products, and leaves pieces of this width on average. */
const SAVED = 1 / 16;
const NARROWEST = 8;
/** Taps beyond which no cut is sought: there would be a piece for each. */
const MOST_TAPS = 4096;

/**
 * The same piece cut where its set of taps inside the input changes, so that no output meets padding: `always`, or where it pays.
 *
 * @param piece What is cut.
 * @param input Elements of the dimension.
 * @param always Whether also where it saves little.
 * @example
 * const dimension = { input: 4, kernel: 3, output: 4, stride: 1, padLow: 1, padHigh: 1, lhsDilation: 1, rhsDilation: 1 };
 * cutAtPadding(piecesOf(dimension).pieces[0], 4, true).pieces.map(({ count, taps }) => [count, taps]); // → [[1, 2], [2, 3], [1, 2]]
 */
export function cutAtPadding(piece: Piece, input: number, always: boolean): Pieces {
  const { origin, count, xStep, taps, tapStep } = piece;
  const clamp = (q: number): number => Math.min(count, Math.max(0, q));
  // The outputs where a tap meets no padding.
  const low = (tap: number): number => clamp(Math.ceil((-origin - tap * tapStep) / xStep));
  const end = (tap: number): number => clamp(Math.floor((input - 1 - origin - tap * tapStep) / xStep) + 1);
  const whole = { pieces: [piece], complete: true };
  if (!always && taps > MOST_TAPS) return whole;
  let products = 0;
  for (let tap = 0; tap < taps; tap++) products += Math.max(0, end(tap) - low(tap));
  if (!always && products > (1 - SAVED) * count * taps) return whole;
  const cuts = new Set([0, count]);
  for (let tap = 0; tap < taps; tap++) {
    cuts.add(low(tap));
    cuts.add(end(tap));
  }
  const edges = [...cuts].toSorted((a, b) => a - b);
  const pieces: Piece[] = [];
  let complete = true;
  for (let index = 0; index + 1 < edges.length; index++) {
    const at = origin + edges[index] * xStep;
    const first = Math.max(0, Math.ceil(-at / tapStep));
    const last = Math.min(taps, Math.floor((input - 1 - at) / tapStep) + 1);
    if (first < last) pieces.push(subset(piece, edges[index], edges[index + 1], first, last));
    else complete = false;
  }
  return always || count >= NARROWEST * pieces.length ? { pieces, complete } : whole;
}

/** A piece in three: the outputs whose windows lie inside the input, and those before and behind. */
export interface Edges {
  /** Positions whose windows reach over the input's beginning; all of them where none lies inside. */
  readonly before: Piece | null;
  /** Positions whose windows lie inside the input. */
  readonly inside: Piece | null;
  /** Positions whose windows reach over the input's end. */
  readonly behind: Piece | null;
}

/**
 * `piece` cut once at either end of the input; the ends are rounded up to a multiple of `multiple` outputs where there are as many.
 *
 * @param piece What is cut.
 * @param input Elements of the dimension.
 * @param multiple Outputs that a kernel computes at once.
 * @example
 * const dimension = { input: 4, kernel: 3, output: 4, stride: 1, padLow: 1, padHigh: 1, lhsDilation: 1, rhsDilation: 1 };
 * edgesOf(piecesOf(dimension).pieces[0], 4, 1).inside?.count; // → 2
 */
export function edgesOf(piece: Piece, input: number, multiple: number): Edges {
  const { origin, count, xStep, taps, tapStep } = piece;
  const roundUp = (outputs: number): number => Math.min(count, Math.ceil(outputs / multiple) * multiple);
  const before = roundUp(Math.max(0, Math.ceil(-origin / xStep)));
  const end = Math.floor((input - 1 - origin - (taps - 1) * tapStep) / xStep) + 1;
  const behind = count - roundUp(Math.max(0, count - end));
  if (behind <= before) return { before: piece, inside: null, behind: null };
  return {
    before: before > 0 ? subset(piece, 0, before, 0, taps) : null,
    inside: subset(piece, before, behind, 0, taps),
    behind: behind < count ? subset(piece, behind, count, 0, taps) : null,
  };
}
