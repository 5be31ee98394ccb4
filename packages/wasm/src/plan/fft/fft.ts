/**
 * Convolution by Fourier transforms: overlap-save over tiles, with spectra of the weights made when they are bound. For kernels of many
 * taps; the error follows the norm of the whole signal, so precision and method must allow it.
 */
import { ARITHMETICS } from '../../lower/arithmetic.ts';
import type { LoweredConv } from '../../lower/lower.ts';
import { fillStep } from '../../layout/copy-step.ts';
import { sizeOf } from '@laxconv/api/backend';
import type { Step } from '../../program/step.ts';
import type { Algorithm, Binding, BoundKernel, Candidate } from '../algorithm.ts';
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
/** A direct kernel that costs no more than this times as much is preferred: it is more exact, and its weights are sooner bound. */
const CLEARLY = 1.15;
/** The same where a position has several features: how much of what passes through the caches stays there differs from machine to machine. */
const ROUGHLY = 1.4;
/** Fewer taps never pay: not worth the search for a tile. */
const FEWEST_TAPS = 16;
/** Beyond such a stride or dilation, what tables count may not fit their words. */
const FARTHEST = 1 << 16;
/** More dimensions with several taps than this have too many tiles to choose from. */
const MOST_DIMENSIONS = 3;
/** Dense convolutions beyond which a problem is left to others, and features of one. */
const MOST_PHASES = 64;

/** For kernels of many taps. */
export const fft: Algorithm = fftFrom(FEWEST_TAPS);

/** The algorithm for kernels of at least so many taps; tests want all. */
export function fftFrom(fewestTaps: number): Algorithm {
  return { name: 'fft', consider: (lowered) => consider(lowered, fewestTaps) };
}

function consider(lowered: LoweredConv, fewestTaps: number): Candidate | string {
  const { problem, arithmetic, geometry } = lowered;
  if (arithmetic !== 'f32' && arithmetic !== 'f64') return 'integers are exact';
  if (problem.precision !== 'default') return `precision '${problem.precision}' forbids it`;
  if (problem.method === 'direct') return "method 'direct' forbids it";
  const taps = geometry.spatial.reduce((product, { kernel }) => product * kernel, 1);
  if (taps < fewestTaps) return `fewer than ${fewestTaps} taps`;
  const found = fftPhases(lowered);
  if (typeof found === 'string') return found;
  const { phases, complete } = found;
  const cost = phases.reduce((sum, { tile }) => sum + tile.cost, RUN);
  const lengths = new Set(phases.map(({ tile }) => tile.lengths.join('×')));
  return {
    kernel: `${arithmetic}-fft`,
    // The worst seen is 0.52, and 0.80 with the two or three taps that only tests bring here (docs/numerics.md).
    errorBound: { kind: 'signal', c: 1 },
    cost: (lowered.geometry.inFeatures * lowered.geometry.outFeatures > 1 ? ROUGHLY : CLEARLY) * cost,
    reason: `overlap-save with transforms of ${[...lengths].join(', ')}`,
    bind: (binding) => bindFft(lowered, phases, complete, binding),
  };
}

/** The dense convolutions of a problem with their tiles, by default the best ones; or why not. */
export function fftPhases(
  { geometry, arithmetic, components }: LoweredConv,
  tileOf: typeof fftTile = fftTile,
): { readonly phases: readonly FftPhase[]; readonly complete: boolean } | string {
  if (geometry.spatial.filter(({ kernel }) => kernel > 1).length > MOST_DIMENSIONS) return `more than ${MOST_DIMENSIONS} dimensions`;
  if (geometry.spatial.some(({ stride, lhsDilation, rhsDilation }) => Math.max(stride, lhsDilation, rhsDilation) > FARTHEST)) {
    return 'strides or dilations reach too far for its tables';
  }
  const perDimension = geometry.spatial.flatMap((dimension, d) => fftAxes(dimension, d) ?? []);
  const count = perDimension.reduce((product, { axes }) => product * axes.length, 1);
  if (perDimension.length < geometry.spatial.length || count > MOST_PHASES) return 'strides and dilations make too many convolutions of it';
  const products = perDimension.reduce<FftAxis[][]>(
    (found, { axes }) => found.flatMap((before) => axes.map((axis) => [...before, axis])),
    [[]],
  );
  const phases: FftPhase[] = [];
  const { operandBytes, sumBytes } = ARITHMETICS[arithmetic];
  for (const unordered of products) {
    const axes = unordered.toSorted((a, b) => geometry.lhs.spatial[b.dimension] - geometry.lhs.spatial[a.dimension]);
    const inner = axes.at(-1);
    if (axes.reduce((product, { shifts }) => product * shifts, 1) > MOST_PHASES) return 'strides make too many features of it';
    const sizes: FftSizes = {
      lanes: 16 / operandBytes,
      groups: geometry.groups,
      batch: geometry.batch,
      inFeatures: axes.reduce((product, { shifts }) => product * shifts, geometry.inFeatures),
      outFeatures: geometry.outFeatures,
      isComplex: components === 2,
      inStride:
        inner === undefined ? 0 : inner.elementStep * inner.shifts * geometry.lhs.spatial[inner.dimension] * components * operandBytes,
      outStride: inner === undefined ? 0 : inner.step * geometry.out.spatial[inner.dimension] * components * sumBytes,
    };
    const tile = tileOf(axes, sizes);
    if (tile === null) return 'its spectra would be too large';
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
  if (!complete) steps.push(fillStep(memory, binding.sums, sizeOf(problem.out.shape) * components * bytes));
  let scratchBytes = 0;
  for (const phase of phases) {
    const transform = binding.shared.once(phase, (shared) => fftTransform(phase, bytes, shared));
    const weights = fftSpectra(lowered, phase, transform, binding);
    const { step, scratchBytes: used } = fftStep(lowered, phase, transform, weights, binding);
    steps.push({ ...step, cost: phase.tile.cost });
    scratchBytes = Math.max(scratchBytes, used);
  }
  return { steps, scratchBytes };
}
