/** Spectra of the weights: one step when they are bound. */
import { ARITHMETICS } from '../../lower/arithmetic.ts';
import type { LoweredConv } from '../../lower/lower.ts';
import { OwnedMemory } from '../../memory/owned-memory.ts';
import type { Binding } from '../algorithm.ts';
import { shiftsOf } from './fft-step.ts';
import type { FftTransform } from './fft-transform.ts';
import type { FftPhase } from './fft.ts';
import { planeSize } from '../weights.ts';

/** Bytes of the spectra of one group. */
export function groupWeights({ sizes }: FftPhase, { tileBytes }: FftTransform): number {
  return tileBytes * sizes.inFeatures * sizes.outFeatures;
}

/** Spectra in memory. */
export interface FftSpectra {
  readonly address: number;
  /** Powers of two that the weights of each output feature were divided by. */
  readonly exponents: number;
}

/** Transforms the weights of `phase`. */
export function fftSpectra(lowered: LoweredConv, phase: FftPhase, transform: FftTransform, { memory, weights, run }: Binding): FftSpectra {
  const { geometry, arithmetic } = lowered;
  const { rhs, groups, inFeatures, outFeatures } = geometry;
  const { axes, sizes } = phase;
  const bytes = ARITHMETICS[arithmetic].operandBytes;
  const temporary = new OwnedMemory(memory.heap);
  const exponents = memory.allocate(4 * groups * outFeatures);
  const target = memory.allocate(groups * groupWeights(phase, transform));
  const features = Array.from({ length: inFeatures }, (_, feature) =>
    shiftsOf(axes).flatMap((shifts) => {
      const at = axes.reduce((sum, { wStart, wStep, dimension }, d) => sum + (wStart + wStep * shifts[d]) * rhs.spatial[dimension], 0);
      const taps = axes.map((axis, d) => Math.ceil((axis.weights - shifts[d]) / axis.shifts));
      return [(at + feature * rhs.inner) * bytes, ...taps];
    }),
  ).flat();
  const taps = axes.flatMap(({ shifts, wStep, dimension }, d) => [
    phase.tile.lengths[d],
    transform.rowBytes[d],
    wStep * shifts * rhs.spatial[dimension] * bytes,
  ]);
  try {
    const parameters = temporary.parameters('FftWeights', {
      source: weights + rhs.offset * bytes,
      target,
      imaginary: sizes.isComplex ? planeSize(lowered) * bytes : 0,
      block: temporary.allocate(transform.tileBytes),
      rank: axes.length,
      axes: temporary.words(taps),
      features: temporary.words(features),
      inFeatures: sizes.inFeatures,
      outFeatures,
      group: rhs.group * bytes,
      outFeature: rhs.outer * bytes,
      groupWeights: groupWeights(phase, transform),
      transform: transform.address,
      tileBytes: transform.tileBytes,
      isUniform: transform.isUniform ? 1 : 0,
      exponents,
    });
    run([{ kernel: `${arithmetic}_fft_weights`, parameters, units: groups * outFeatures }]);
  } finally {
    temporary.free();
  }
  return { address: target, exponents };
}
