/** The loops of a phase as numbers, in elements: what kernels take as parameters. */
import type { ConvGeometry } from '@laxconv/api/backend';
import type { Phase } from '../lower/lower.ts';

/**
 * A loop over output positions with its taps: position q and tap t meet input element origin + step·q + tapStep·t, which is padding unless
 * it lies in [0, size).
 */
export interface Loop {
  readonly count: number;
  readonly origin: number;
  readonly step: number;
  readonly size: number;
  readonly taps: number;
  readonly tapStep: number;
  readonly xStride: number;
  readonly yStride: number;
  /** From one tap to the next in rhs. */
  readonly wStride: number;
}

/** Over the batch, which has no taps; over the spatial dimensions, in their order; and over input features: taps of a single position. */
export interface Loops {
  readonly batch: Loop;
  readonly spatial: readonly Loop[];
  readonly features: Loop;
}

/** Those of `loops` that go around spatial dimensions `within`, features included; without those of one position that meets its element. */
export function loopsAround({ batch, spatial, features }: Loops, ...within: readonly number[]): Loop[] {
  const others = spatial.filter((_, d) => !within.includes(d));
  return [batch, ...others, features].filter(({ count, taps, origin }) => count > 1 || taps > 1 || origin !== 0);
}

/** The loops of `phase`. */
export function loopsOf({ batch, inFeatures, spatial, lhs, rhs, out }: ConvGeometry, phase: Phase): Loops {
  const whole = { origin: 0, step: 1 };
  return {
    batch: { ...whole, count: batch, size: batch, taps: 1, tapStep: 0, xStride: lhs.outer, yStride: out.outer, wStride: 0 },
    spatial: phase.map((piece, d) => ({
      count: piece.count,
      origin: piece.origin,
      step: piece.xStep,
      size: spatial[d].input,
      taps: piece.taps,
      tapStep: piece.tapStep,
      xStride: lhs.spatial[d],
      yStride: piece.step * out.spatial[d],
      wStride: piece.wStep * rhs.spatial[d],
    })),
    features: { ...whole, count: 1, size: inFeatures, taps: inFeatures, tapStep: 1, xStride: lhs.inner, yStride: 0, wStride: rhs.inner },
  };
}
