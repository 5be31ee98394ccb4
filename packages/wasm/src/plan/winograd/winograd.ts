/**
 * Winograd's F(2, 3) and F(4, 3), in one and in two dimensions, for windows of 3 taps as far apart as the window moves, or a multiple of
 * that: 1.5, 2.25, 2 or 4 times fewer products than the formula has. Each phase is done this way or by the implicit GEMM, whichever is
 * cheaper. The kernels' transforms stand in toolchain/winograd.ts, the products between them are the implicit GEMM's.
 */
import { cutAt, winogradConstant, type Piece, type Pieces } from '@laxconv/api/backend';
import type { Exponents } from '../../exponents.ts';
import { fillStep } from '../../layout/copy-step.ts';
import { lowerCut, MOST_BYTES, paddedBytes, type Cut, type LoweredConv, type Phase } from '../../lower/lower.ts';
import type { Algorithm, Binding, BoundKernel, Candidate } from '../algorithm.ts';
import { betweenLayouts, byFeatures, layoutsCost } from '../between-layouts.ts';
import { directBound } from '../direct-bound.ts';
import { IGEMM_SCRATCH, igemmCost, igemmSteps, streamCost } from '../igemm/igemm.ts';
import { IGEMM_TILES } from '../igemm/igemm-tiles.ts';
import { winogradBound } from './winograd-bound.ts';
import { winogradSteps } from './winograd-steps.ts';
import { reachOf, tilingsOf, type Tiling } from './winograd-tiling.ts';
import { placesOf, tileName } from './winograd-weights.ts';

/** Microseconds for a million multiply-adds of the GEMM, and for a thousand vectors of four features transformed, measured. */
const GEMM_COST = 36;
const TRANSFORM_COST = { '2x1': 6, '4x1': 10, '2x2': 24, '4x4': 65 };
/** Microseconds of a phase, whatever its size. */
const STEP_COST = 1;
/** Below, a tile's transforms cost more than they save, and its rounding errors more than the bound allows. */
const FEWEST_FEATURES = 8;

/**
 * Of weights beyond these, subnormal ones lose digits to the transform that a large lhs brings to light, and large ones those that a
 * subnormal lhs loses to its own (docs/numerics.md).
 */
const WEIGHTS: Exponents = { least: -100, most: 15 };
/** Bytes of the word that says that a sum has left the range. */
const WORD_BYTES = 4;

/** One phase of a problem: in tiles, or, without, by the implicit GEMM. */
interface Part {
  readonly phase: Phase;
  readonly tiled: { readonly tiling: Tiling; readonly constant: number } | undefined;
  readonly cost: number;
}

/** A problem cut into phases, each of them planned. */
interface Planned {
  /** Its reach is what the parts' tiles need. */
  readonly lowered: LoweredConv;
  readonly parts: readonly Part[];
  readonly cost: number;
}

/** What tests change: how many dimensions are transformed, and from how many features on. */
export interface WinogradLimits {
  readonly dimensions?: readonly number[];
  readonly fewestFeatures?: number;
}

/** F(`outputs`, 3), in as many dimensions as pay. */
export function winograd(outputs: 2 | 4, { dimensions = [1, 2], fewestFeatures = FEWEST_FEATURES }: WinogradLimits = {}): Algorithm {
  return {
    name: `winograd F(${outputs}, 3)`,
    consider(lowered, isa) {
      const { problem, geometry, components } = lowered;
      if (lowered.arithmetic !== 'f32') return 'float32 only';
      if (problem.precision === 'highest') return "precision 'highest' allows direct kernels only";
      if (outputs === 4 && problem.precision === 'high') return "precision 'high' allows F(2, 3) only";
      if (geometry.spatial.every(({ kernel }) => kernel < 3)) return 'no window of 3';
      const features = geometry.inFeatures * components;
      const columns = geometry.outFeatures * components;
      if (features < fewestFeatures || columns < fewestFeatures) return `fewer than ${fewestFeatures} features`;
      const rows = IGEMM_TILES.f32.rows[isa];
      const cuts = [lowered, lowerCut(problem, uncut), lowerCut(problem, atLastTile(outputs))].filter(({ wild }) => wild === undefined);
      const planned = cuts
        .flatMap((each) => plansOf(each, outputs, dimensions, rows))
        .filter(({ parts }) => parts.some(({ tiled }) => tiled));
      if (planned.length === 0)
        return 'no window of 3, or one whose bound is not proven for so few features, or whose tiles are out of proportion';
      return candidate(
        planned.reduce((best, next) => (next.cost < best.cost ? next : best)),
        rows,
      );
    },
  };
}

/** F(2, 3): what precision 'high' allows. */
export const winograd2 = winograd(2);
/** F(4, 3): fewer products, larger errors. */
export const winograd4 = winograd(4);

function uncut(piece: Piece): Pieces {
  return { pieces: [piece], complete: true };
}

/** Cuts off what does not fill a tile, where that meets fewer than 3 taps: the others lie in padding. */
function atLastTile(outputs: number): Cut {
  return (piece, input) => {
    const { count, taps, xStep, tapStep } = piece;
    if (taps !== 3 || tapStep % xStep !== 0) return uncut(piece);
    const whole = (outputs * tapStep) / xStep;
    const pieces = cutAt(piece, count - (count % whole), input);
    return pieces.length === 2 && pieces[1].taps < 3 ? { pieces, complete: true } : uncut(piece);
  };
}

/** Every phase in the cheapest way, and every phase in tiles that can be. */
function plansOf(lowered: LoweredConv, outputs: 2 | 4, dimensions: readonly number[], rows: number): Planned[] {
  const options = lowered.phases.map((phase) => {
    const tiled = tilingsOf(phase, lowered.geometry.batch, outputs).flatMap((tiling): Part[] => {
      const terms = lowered.geometry.inFeatures * lowered.components * tiling.slices.taps;
      const constant = dimensions.includes(tiling.tiled.length)
        ? winogradConstant(outputs, tiling.tiled.length, terms, lowered.components)
        : null;
      return constant === null ? [] : [{ phase, tiled: { tiling, constant }, cost: tilingCost(lowered, tiling, rows) }];
    });
    const direct: Part = { phase, tiled: undefined, cost: igemmCost({ ...lowered, phases: [phase] }, rows) };
    return { tiled, direct };
  });
  const cheapest = (parts: readonly Part[]): Part => parts.reduce((best, next) => (next.cost < best.cost ? next : best));
  return [
    options.map(({ tiled, direct }) => cheapest([direct, ...tiled])),
    options.map(({ tiled, direct }) => cheapest(tiled.length > 0 ? tiled : [direct])),
  ].flatMap((parts) => {
    const reach = reachOfParts(lowered, parts);
    if (paddedBytes(lowered, reach) > MOST_BYTES) return [];
    const reaching = { ...lowered, reach };
    const cost = parts.reduce((sum, part) => sum + part.cost, layoutsCost(reaching, byFeatures(reaching, 1)));
    return [{ lowered: reaching, parts, cost }];
  });
}

function tilingCost({ geometry, components }: LoweredConv, tiling: Tiling, rows: number): number {
  const { tiles, slices } = tiling;
  const { groups } = geometry;
  const features = geometry.inFeatures * components;
  const columns = geometry.outFeatures * components;
  const perRow = groups * placesOf(tiling) * slices.taps * features;
  const products = pacedRows(tiles * slices.chunk, rows) * perRow * Math.ceil(columns / 4) * 4;
  const weightBytes = perRow * columns * 4;
  const vectors = groups * tiles * (slices.inputs * Math.ceil(features / 4) + slices.chunk * Math.ceil(columns / 4));
  const name = tileName(tiling) as keyof typeof TRANSFORM_COST;
  return STEP_COST + (products * GEMM_COST) / 1e6 + streamCost(weightBytes) + (vectors * TRANSFORM_COST[name]) / 1e3;
}

/** A tile of fewer rows than this takes as long: its sums wait for each other. */
const FEWEST_ROWS = 4;

/** `count` rows of a GEMM in tiles of `rows`, the rest counted for as long as it takes. */
function pacedRows(count: number, rows: number): number {
  const rest = count % rows;
  return rest === 0 ? count : count - rest + Math.max(FEWEST_ROWS, rest);
}

function candidate({ lowered, parts, cost }: Planned, rows: number): Candidate {
  const tiled = parts.flatMap((part) => (part.tiled === undefined ? [] : [part.tiled]));
  const direct = directBound(lowered);
  const constants = tiled.map(({ constant }) => constant);
  if (tiled.length < parts.length && direct.kind === 'pointwise') constants.push(direct.c);
  const [{ tiling }] = tiled.toSorted((a, b) => b.tiling.tiles * placesOf(b.tiling) - a.tiling.tiles * placesOf(a.tiling));
  const dimensions = tiling.tiled.length;
  return {
    kernel: `f32-winograd-${tileName(tiling)}-${rows}x${IGEMM_TILES.f32.width}`,
    errorBound: winogradBound(
      lowered,
      tiled.map((each) => each.tiling),
      constants,
    ),
    weights: WEIGHTS,
    cost: 2 + cost,
    reason: `Winograd: ${placesOf(tiling)} products for ${tiling.outputs ** dimensions} outputs of ${3 ** dimensions} taps, ${tiling.tiles} tiles`,
    bind: (binding) => bind(lowered, parts, rows, binding),
  };
}

/** Elements of lhs that `parts` reach: tiles further than phases do. */
function reachOfParts(lowered: LoweredConv, parts: readonly Part[]): LoweredConv['reach'] {
  return lowered.reach.map((whole, d) => {
    const all = [whole, ...parts.flatMap(({ tiled }) => (tiled === undefined ? [] : [reachOf(tiled.tiling)[d]]))];
    return { low: Math.min(...all.map(({ low }) => low)), end: Math.max(...all.map(({ end }) => end)) };
  });
}

/**
 * The transforms are larger than what they are made of, and may leave the range of float32 where no sum of the formula does. The sums show
 * it: they are not finite. Then the phases in tiles are done once more, by the implicit GEMM.
 */
function bind(lowered: LoweredConv, parts: readonly Part[], rows: number, binding: Binding): BoundKernel {
  const { memory } = binding;
  let scratchBytes = IGEMM_SCRATCH;
  const steps = betweenLayouts(lowered, byFeatures(lowered, 1), binding, (places) => {
    const overflow = binding.reserve(WORD_BYTES);
    // Vectors of the last features read beyond them.
    binding.reserve(16);
    const first = parts.flatMap(({ phase, tiled }) => {
      if (tiled === undefined) return igemmSteps(lowered, phase, binding, places);
      const kernel = winogradSteps(lowered, tiled.tiling, overflow, binding, places);
      scratchBytes = Math.max(scratchBytes, kernel.scratchBytes);
      return kernel.steps;
    });
    const again = parts.flatMap(({ phase, tiled }) => {
      if (tiled === undefined) return [];
      const cost = igemmCost({ ...lowered, phases: [phase] }, rows);
      return igemmSteps(lowered, phase, binding, places).map((step) => ({ cost, ...step, onlyIf: overflow }));
    });
    return [fillStep(memory, overflow, WORD_BYTES), ...first, ...again];
  });
  return { steps, scratchBytes };
}
