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
  /** Neighbours in a tile are no neighbours in lhs, or in the result. */
  readonly isInSpread: boolean;
  readonly isOutSpread: boolean;
}

/** Nanoseconds for a point (a vector of real and one of imaginary parts), measured: docs/adding-a-kernel.md. */
const PASS: Readonly<Record<number, number>> = { 2: 0.6, 3: 1.25, 4: 0.9, 5: 2.05 };
const LANES = 1.4;
const PRODUCT = 1.3;
/** In or out; and besides, where neighbours in the tile are no neighbours in the operand. */
const MOVE = 1;
const SPREAD = 0.8;
/** Nanoseconds for a row of points, in or out, and for a unit. */
const ROW = 5;
const UNIT = 150;
/** Points that one tile may have. */
const LARGEST = 1 << 18;
/** Bytes of spectra beyond which they leave L2, and what that costs. */
const NEAR_BYTES = 768 * 1024;
const FAR = 1.15;

/** The best tile for `axes`, the last of which is along the lanes; null where none fits. */
export function fftTile(axes: readonly FftAxis[], sizes: FftSizes): FftTile | null {
  const candidates = axes.map((axis, d) => lengthsOf(axis, d === axes.length - 1, sizes.lanes));
  let best: FftTile | null = null;
  const visit = (lengths: readonly number[], points: number): void => {
    if (lengths.length === axes.length) {
      const cost = costOf(axes, lengths, sizes);
      if (best === null || cost < best.cost) best = { lengths, cost };
      return;
    }
    for (const length of candidates[lengths.length]) {
      if (points * length <= LARGEST) visit([...lengths, length], points * length);
    }
  };
  visit([], 1);
  return best;
}

/**
 * Lengths to try: from the taps to where one tile does, by small steps. Along the innermost dimension the transform across lanes takes as
 * many points as there are lanes; with one tap there, lanes are convolved apart.
 */
function lengthsOf({ taps, count }: FftAxis, isInnermost: boolean, lanes: number): number[] {
  if (taps === 1) return [isInnermost ? lanes : 1];
  const whole = count + taps - 1;
  const smallest = isInnermost ? lanes * lanes : 2;
  const lengths: number[] = [];
  for (const odd of [1, 3, 5, 9, 15]) {
    for (let length = odd * smallest; length <= LARGEST && length / 2 < Math.max(whole, smallest); length *= 2) {
      if (length >= taps) lengths.push(length);
    }
  }
  return lengths;
}

/** Microseconds of one phase with tiles of these lengths. */
function costOf(axes: readonly FftAxis[], lengths: readonly number[], sizes: FftSizes): number {
  const { lanes, groups, batch, inFeatures, outFeatures, isComplex } = sizes;
  const [isInSpread, isOutSpread] = [sizes.isInSpread ? 1 : 0, sizes.isOutSpread ? 1 : 0];
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
  const bytes = points * 32 * (inFeatures + 1 + inFeatures * outFeatures);
  const rows = (points * lanes) / (lengths.at(-1) ?? 1);
  const perPoint = features * (passes + LANES + MOVE) + (inFeatures * isInSpread + outFeatures * isOutSpread) * SPREAD + PRODUCT * inFeatures * outFeatures;
  return (units * (UNIT + ROW * rows * features + points * perPoint * (bytes > NEAR_BYTES ? FAR : 1))) / 1000;
}
