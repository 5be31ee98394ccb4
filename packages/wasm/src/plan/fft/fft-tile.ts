/** How long the transforms are: of all lengths without large primes, those that the measured costs favour. */
import type { FftAxis } from './fft-axes.ts';
import { radicesOf } from './fft-passes.ts';

/** What a tile of one phase will cost. */
export interface FftTile {
  /** Transform lengths in elements, one per axis. */
  readonly lengths: readonly number[];
  /** Microseconds of a run on one thread. */
  readonly cost: number;
}

/** Sizes that do not depend on the tile. */
export interface FftSizes {
  readonly lanes: number;
  readonly groups: number;
  readonly batch: number;
  /** Features, and for strides their shifts. */
  readonly inFeatures: number;
  readonly outFeatures: number;
  /** Complex numbers fill both parts of a transform themselves. */
  readonly isComplex: boolean;
  /** Bytes from the first real number of an element of a tile to that of its neighbour, in lhs and in the result. */
  readonly inStride: number;
  readonly outStride: number;
}

/** Nanoseconds for a point (a vector of real and one of imaginary parts), measured: docs/adding-a-kernel.md. */
const PASS: Readonly<Record<number, number>> = { 2: 0.6, 3: 1.25, 4: 0.9, 5: 2.05 };
const LANES = 1.4;
const PRODUCT = 1.3;
/** In or out; and besides, where neighbours in the tile are no neighbours in the operand; and where the lines that a tile touches leave L2. */
const MOVE = 1;
const SPREAD = 1.4;
const FAR_SPREAD = 4.5;
/** Bytes of a cache line, and of what stays in L2 beside the spectra. */
const LINE = 64;
const NEAR = 1 << 17;
/** Nanoseconds for a row of points, in or out, and for a unit. */
const ROW = 5;
const UNIT = 150;
/** Elements that a tile may have, and bytes that the spectra of all weights may. */
const LARGEST = 1 << 22;
const MOST_WEIGHTS = 1 << 28;
/** What a product costs more where the weights of a group leave L2, and L3; and what all costs more where the spectra of lhs leave L2. */
const CACHES = [
  { bytes: 1 << 19, product: 1, all: 1 },
  { bytes: 1 << 25, product: 1.5, all: 1.1 },
  { bytes: Infinity, product: 2.5, all: 1.3 },
] as const;

/** The best tile for `axes`, the last of which is along the lanes; null where none fits. */
export function fftTile(axes: readonly FftAxis[], sizes: FftSizes): FftTile | null {
  const candidates = axes.map((axis, d) => lengthsOf(axis, d === axes.length - 1, sizes.lanes));
  let best: FftTile = { lengths: [], cost: Infinity };
  const visit = (lengths: readonly number[], points: number): void => {
    if (lengths.length === axes.length) {
      const cost = costOf(axes, lengths, sizes);
      if (cost < best.cost) best = { lengths, cost };
      return;
    }
    for (const length of candidates[lengths.length]) {
      if (points * length <= LARGEST) visit([...lengths, length], points * length);
    }
  };
  visit([], 1);
  return best.cost < Infinity ? best : null;
}

/** Tiles of more than this many times the taps gain little. */
const MOST_TAPS = 24;
/** Below this, lengths are small in any case. */
const SHORT = 64;

/**
 * Lengths to try: from the taps to where one tile does, by small steps. Along the innermost dimension the transform across lanes takes as
 * many points as there are lanes; with one tap there, lanes are convolved apart.
 */
function lengthsOf({ taps, count }: FftAxis, isInnermost: boolean, lanes: number): number[] {
  if (taps === 1) return [isInnermost ? lanes : 1];
  const smallest = isInnermost ? lanes * lanes : 2;
  const whole = Math.max(count + taps - 1, smallest);
  const longest = Math.min(LARGEST, Math.max(MOST_TAPS * taps, SHORT));
  const lengths: number[] = [];
  for (const odd of [1, 3, 5, 9, 15]) {
    let length = odd * smallest;
    while (length < taps) length *= 2;
    for (; length <= longest; length *= 2) {
      lengths.push(length);
      if (length >= whole) break;
    }
  }
  return lengths;
}

/** Microseconds of one phase with tiles of these lengths. */
function costOf(axes: readonly FftAxis[], lengths: readonly number[], sizes: FftSizes): number {
  const { lanes, groups, batch, inFeatures, outFeatures, isComplex, inStride, outStride } = sizes;
  let passes = 0;
  let points = 1;
  let tiles = 1;
  for (const [d, { taps, count }] of axes.entries()) {
    const along = d === axes.length - 1 ? lengths[d] / lanes : lengths[d];
    const tile = lengths[d] - taps + 1;
    points *= along;
    tiles *= Math.ceil(count / tile);
    for (const radix of radicesOf(along) ?? []) passes += PASS[radix];
  }
  const units = groups * batch * (isComplex ? tiles : Math.ceil(tiles / 2));
  const features = inFeatures + outFeatures;
  const spectrum = points * 2 * 16;
  const weights = spectrum * inFeatures * outFeatures;
  if (weights * groups > MOST_WEIGHTS) return Infinity;
  const product = inFeatures * outFeatures * PRODUCT * cacheFor(weights).product;
  const rows = (points * lanes) / (lengths.at(-1) ?? 1);
  const spread = (stride: number): number => {
    if (stride * lanes === 16) return 0;
    return points * lanes * Math.min(LINE, stride) > NEAR ? FAR_SPREAD : SPREAD;
  };
  const perPoint = features * (passes + LANES + MOVE) + inFeatures * spread(inStride) + outFeatures * spread(outStride) + product;
  return (units * (UNIT + ROW * rows * features + points * perPoint * cacheFor(spectrum * (inFeatures + 1)).all)) / 1000;
}

function cacheFor(bytes: number): (typeof CACHES)[number] {
  return CACHES.find((cache) => bytes <= cache.bytes) ?? CACHES[2];
}
