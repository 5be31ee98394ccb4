/**
 * Convolution by Fourier transforms: overlap-save over tiles, with spectra of the weights made when they are bound. For kernels of many
 * taps; the error follows the norm of the whole signal, so precision and method must allow it.
 */
import { ARITHMETICS } from '../lower/arithmetic.ts';
import type { LoweredConv } from '../lower/lower.ts';
import { fillStep } from '../layout/copy-step.ts';
import { sizeOf } from '@laxconv/api/backend';
import type { Step } from '../program/step.ts';
import type { Algorithm, Binding, BoundKernel } from './algorithm.ts';
import { fftAxes, type FftAxis } from './fft-axes.ts';
import { fftSpectra } from './fft-spectra.ts';
import { fftStep } from './fft-step.ts';
import { fftTile, type FftSizes, type FftTile } from './fft-tile.ts';
import { fftTransform } from './fft-transform.ts';

/** A dense convolution with its tile. */
export interface FftPhase {
  /** From the outermost dimension of lhs to the innermost, which lies along the lanes. */
  readonly axes: readonly FftAxis[];
  readonly sizes: FftSizes;
  readonly tile: FftTile;
}

/** Microseconds of any run. */
const RUN = 1;

/** For kernels of many taps. */
export const fft: Algorithm = {
  name: 'fft',
  consider(lowered) {
    const { problem, arithmetic, geometry } = lowered;
    if (arithmetic !== 'f32' && arithmetic !== 'f64') return 'integers are exact';
    if (problem.precision !== 'default') return `precision '${problem.precision}' forbids the FFT`;
    if (problem.method === 'direct') return "method 'direct' forbids the FFT";
    if (geometry.spatial.every(({ kernel }) => kernel === 1)) return 'one tap';
    const found = fftPhases(lowered);
    if (typeof found === 'string') return found;
    const { phases, complete } = found;
    const cost = phases.reduce((sum, { tile }) => sum + tile.cost, RUN);
    return {
      kernel: `${arithmetic}-fft`,
      errorBound: { kind: 'signal', c: 1 },
      cost,
      reason: `overlap-save with transforms of ${[...new Set(phases.map(({ tile }) => tile.lengths.join('×')))].join(', ')}`,
      bind: (binding) => bindFft(lowered, phases, complete, binding),
    };
  },
};

/** The dense convolutions of a problem with their tiles, by default the best ones; or why not. */
export function fftPhases(
  { geometry, arithmetic, components }: LoweredConv,
  tileOf: typeof fftTile = fftTile,
): { readonly phases: readonly FftPhase[]; readonly complete: boolean } | string {
  const perDimension = geometry.spatial.map(fftAxes);
  const products = perDimension.reduce<FftAxis[][]>(
    (found, { axes }) => found.flatMap((before) => axes.map((axis) => [...before, axis])),
    [[]],
  );
  const phases: FftPhase[] = [];
  for (const unordered of products) {
    const axes = unordered.toSorted((a, b) => geometry.lhs.spatial[b.dimension] - geometry.lhs.spatial[a.dimension]);
    const inner = axes.at(-1);
    const sizes: FftSizes = {
      lanes: 16 / ARITHMETICS[arithmetic].operandBytes,
      groups: geometry.groups,
      batch: geometry.batch,
      inFeatures: axes.reduce((product, { shifts }) => product * shifts, geometry.inFeatures),
      outFeatures: geometry.outFeatures,
      isComplex: components.operand === 2,
      isInSpread: inner === undefined || inner.elementStep * inner.shifts * geometry.lhs.spatial[inner.dimension] * components.operand > 1,
      isOutSpread: inner === undefined || inner.step * geometry.out.spatial[inner.dimension] * components.result > 1,
    };
    const tile = tileOf(axes, sizes);
    if (tile === null) return 'a transform would be too long';
    phases.push({ axes, sizes, tile });
  }
  return { phases, complete: perDimension.every(({ complete }) => complete) };
}

/** The steps of `phases`, which write every sum where `complete`. */
export function bindFft(lowered: LoweredConv, phases: readonly FftPhase[], complete: boolean, binding: Binding): BoundKernel {
  const { memory } = binding;
  const { components, problem, arithmetic } = lowered;
  const bytes = ARITHMETICS[arithmetic].sumBytes;
  const steps: Step[] = [];
  if (!complete || components.sum < components.result) {
    steps.push(fillStep(memory, binding.sums, sizeOf(problem.out.shape) * components.result * bytes));
  }
  let scratchBytes = 0;
  for (const phase of phases) {
    const transform = fftTransform(phase, bytes, memory);
    const weights = fftSpectra(lowered, phase, transform, binding);
    const { step, scratchBytes: used } = fftStep(lowered, phase, transform, weights, binding);
    steps.push(step);
    scratchBytes = Math.max(scratchBytes, used);
  }
  return { steps, scratchBytes };
}
