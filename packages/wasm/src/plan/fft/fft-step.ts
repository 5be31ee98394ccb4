/** The step that convolves one phase: its tiles, strides and features as tables. */
import { ARITHMETICS } from '../../lower/arithmetic.ts';
import type { LoweredConv } from '../../lower/lower.ts';
import type { Step } from '../../program/step.ts';
import type { Binding } from '../algorithm.ts';
import type { FftAxis } from './fft-axes.ts';
import { groupWeights, type FftSpectra } from './fft-spectra.ts';
import type { FftTransform } from './fft-transform.ts';
import type { FftPhase } from './fft.ts';

/** As in assembly/fft/convolve.ts. */
const PLACES = 256;
/** Between spectra, so that a point of all features does not meet one set of the cache. */
const APART = 64;

/** The step of `phase`, whose spectra are at `weights`, and its scratch memory. */
export function fftStep(
  lowered: LoweredConv,
  phase: FftPhase,
  transform: FftTransform,
  { address: weights, exponents }: FftSpectra,
  { memory, lhs, sums }: Binding,
): { step: Step; scratchBytes: number } {
  const { geometry, arithmetic, components } = lowered;
  const { axes, sizes, tile } = phase;
  const bytes = ARITHMETICS[arithmetic].operandBytes;
  const elementBytes = bytes * components;
  const { lhs: x, out: y } = geometry;
  const table = axes.flatMap((axis, d) => {
    const kept = tile.lengths[d] - axis.taps + 1;
    return [
      Math.ceil(axis.count / kept),
      kept,
      tile.lengths[d],
      transform.rowBytes[d],
      axis.input,
      axis.first,
      axis.elementStep * axis.shifts,
      x.spatial[axis.dimension] * elementBytes,
      axis.step * y.spatial[axis.dimension] * elementBytes,
      axis.count,
    ];
  });
  const tiles = axes.reduce((product, axis, d) => product * Math.ceil(axis.count / (tile.lengths[d] - axis.taps + 1)), 1);
  const features = Array.from({ length: geometry.inFeatures }, (_, feature) =>
    shiftsOf(axes).flatMap((shifts) => [feature * x.inner * elementBytes, ...axes.map(({ elementStep }, d) => elementStep * shifts[d])]),
  ).flat();
  const spectrumBytes = transform.tileBytes + APART;
  // With one output feature the product may take the place of the first input's spectrum.
  const product = geometry.outFeatures === 1 ? 0 : sizes.inFeatures * spectrumBytes;
  const parameters = memory.parameters('Fft', {
    x: lhs + x.offset * elementBytes,
    y: sums + axes.reduce((sum, { start, dimension }) => sum + start * y.spatial[dimension], y.offset) * elementBytes,
    weights,
    rank: axes.length,
    axes: memory.words(table),
    features: memory.words(features),
    inFeatures: sizes.inFeatures,
    outFeatures: geometry.outFeatures,
    batch: geometry.batch,
    tiles,
    isComplex: sizes.isComplex ? 1 : 0,
    xGroup: x.group * elementBytes,
    yGroup: y.group * elementBytes,
    xBatch: x.outer * elementBytes,
    yBatch: y.outer * elementBytes,
    yFeature: y.inner * elementBytes,
    groupWeights: groupWeights(phase, transform),
    transform: transform.address,
    points: transform.points,
    tileBytes: transform.tileBytes,
    spectrumBytes,
    product,
    exponents,
  });
  const units = geometry.groups * geometry.batch * (sizes.isComplex ? tiles : Math.ceil(tiles / 2));
  return {
    step: { kernel: `${arithmetic}_fft`, parameters, units },
    scratchBytes: PLACES + product + sizes.inFeatures * spectrumBytes + transform.tileBytes,
  };
}

/** All combinations of shifts, one number per axis. */
export function shiftsOf(axes: readonly FftAxis[]): number[][] {
  return axes.reduce<number[][]>(
    (found, { shifts }) => found.flatMap((before) => Array.from({ length: shifts }, (_, shift) => [...before, shift])),
    [[]],
  );
}
