/**
 * Direct convolutions along rows: for images, signals and groups, whose output features are too few to fill a vector. Positions of one
 * spatial dimension lie side by side instead.
 */
import { convGeometry, type ConvProblem } from '@laxconv/api/backend';
import { ARITHMETICS, type Arithmetic } from '../lower/arithmetic.ts';
import { lower, type LoweredConv, type Phase } from '../lower/lower.ts';
import { featuresLast } from '../layout/operand-layout.ts';
import { resultFeaturesLast } from '../layout/result-layout.ts';
import type { Isa } from '../module/isa.ts';
import { igemmCost, igemmSteps } from './igemm.ts';
import { IGEMM_TILES } from './igemm-tiles.ts';
import { plainAxis, type CopyAxis } from '../layout/axis.ts';
import { copyStep, fillStep } from '../layout/copy-step.ts';
import { resultSpatialLast, spatialLast, type SpatialLastOperand, type SpatialLastResult } from '../layout/spatial-last.ts';
import type { Step } from '../program/step.ts';
import type { Algorithm, Binding, BoundKernel } from './algorithm.ts';
import { directBound } from './direct-bound.ts';
import { ROWS_TILES } from './rows-tiles.ts';

/** Microseconds for a million multiply-adds with full tiles, for a thousand elements that a copy moves, for a tile and a step, measured. */
const COST: Readonly<Record<Arithmetic, number>> = { f32: 38, f64: 78, i16: 80, i32: 70, i64: 260 };
const COPY_COST = 0.45;
const TILE_COST = 0.012;
const STEP_COST = 0.2;
/** A stretch of a row that one unit does: enough for its cost to vanish, and few enough for every thread. */
const STRETCH = 4096;
/** More pieces than this are padded rather than cut. */
const MOST_PHASES = 64;

/** A problem, the dimension to run along, and where operand and result lie. */
interface RowsPlan {
  readonly lowered: LoweredConv;
  readonly along: number;
  readonly x: SpatialLastOperand;
  readonly y: SpatialLastResult;
  readonly cost: number;
}

/** Vectors along a row. */
export const rows: Algorithm = {
  name: 'rows',
  consider(given, isa) {
    const { arithmetic, geometry, components, problem } = given;
    const lanes = lanesOf(given);
    const along = dimensionOf(given);
    if (along === null) return 'no spatial dimension that its outputs fill';
    if (new Set(given.phases.map((phase) => phase[along].xStep)).size !== 1) return 'phases step differently';
    if (given.phases.some((phase) => phase[along].count < lanes)) return `rows shorter than ${lanes}`;
    const padded = planOf(given, along, isa);
    const cut = cutPlan(problem, along, isa);
    const plan = cut !== null && cut.cost < padded.cost ? cut : padded;
    const { features, vectors } = tileFor(geometry.outFeatures * components.sum);
    return {
      kernel: `${arithmetic}-rows-${features}x${lanes * vectors[0]}`,
      errorBound: directBound(given),
      cost: plan.cost,
      reason: `direct, ${lanes} neighbours of a row in a vector`,
      bind: (binding) => bind(plan, binding),
    };
  },
};

function lanesOf({ arithmetic }: LoweredConv): number {
  return 16 / ARITHMETICS[arithmetic].sumBytes;
}

function tileFor(features: number): (typeof ROWS_TILES)[number] {
  return ROWS_TILES.find((tile) => tile.features <= features) ?? ROWS_TILES[2];
}

/** The spatial dimension to run along: with the most outputs, all of them, and of those the one that lies closest. */
function dimensionOf({ phases, geometry }: LoweredConv): number | null {
  const fitting = geometry.spatial.map((_, d) => d).filter((d) => phases.length > 0 && phases.every((phase) => phase[d].step === 1));
  const count = (d: number): number => Math.min(...phases.map((phase) => phase[d].count));
  const [best] = fitting.toSorted((a, b) => count(b) - count(a) || geometry.lhs.spatial[a] - geometry.lhs.spatial[b]);
  return best ?? null;
}

function planOf(lowered: LoweredConv, along: number, isa: Isa): RowsPlan {
  const x = spatialLast(lowered, along, lowered.phases[0]?.[along].xStep ?? 1);
  const y = resultSpatialLast(lowered, along);
  const copied = (x.copies === null ? 0 : x.size) + (y.axes === null ? 0 : y.size);
  return { lowered, along, x, y, cost: 1 + costOf(lowered, along, isa) + copied * (COPY_COST / 1e3) };
}

/**
 * The problem cut at padding: no copy of lhs is needed where it lies right already, as one channel always does. Pieces too narrow for a
 * vector are the implicit GEMM's.
 */
function cutPlan(problem: ConvProblem, along: number, isa: Isa): RowsPlan | null {
  // Cutting at the borders of a window this large is work in itself, and gives too many pieces.
  if (convGeometry(problem).spatial.some(({ kernel }) => kernel > MOST_PHASES)) return null;
  const lowered = lower(problem, true);
  if (lowered.phases.length === 0 || lowered.phases.length > MOST_PHASES) return null;
  const plan = planOf(lowered, along, isa);
  const asItCame =
    plan.x.copies === null && plan.y.axes === null && featuresLast(lowered, 1).axes === null && resultFeaturesLast(lowered).axes === null;
  return asItCame && lowered.arithmetic !== 'i16' ? plan : null;
}

function costOf(lowered: LoweredConv, along: number, isa: Isa): number {
  const { arithmetic, geometry, components, phases } = lowered;
  const lanes = lanesOf(lowered);
  const features = geometry.outFeatures * components.sum;
  const tile = tileFor(features);
  const narrow = phases.filter((phase) => phase[along].count < lanes);
  let cost = narrow.length === 0 ? 0 : igemmCost({ ...lowered, phases: narrow }, IGEMM_TILES[arithmetic].rows[isa]);
  for (const phase of phases) {
    if (phase[along].count < lanes) continue;
    const lines = phase.reduce((product, { count }, d) => (d === along ? product : product * count), geometry.batch * geometry.groups);
    const width = Math.ceil(phase[along].count / lanes) * lanes;
    const taps = phase.reduce((product, { taps: count }) => product * count, geometry.inFeatures * components.operand);
    const tiles = lines * Math.ceil(width / (lanes * tile.vectors[0])) * Math.ceil(features / tile.features);
    cost += STEP_COST + tiles * TILE_COST + (lines * width * taps * features * COST[arithmetic]) / 1e6;
  }
  return cost;
}

function bind({ lowered, along, x, y }: RowsPlan, binding: Binding): BoundKernel {
  const { operandBytes, sumBytes } = ARITHMETICS[lowered.arithmetic];
  const { memory } = binding;
  const lanes = lanesOf(lowered);
  const steps: Step[] = [];
  let { lhs } = binding;
  if (x.copies !== null) {
    const target = binding.reserve(x.size * operandBytes);
    for (const copy of x.copies) {
      steps.push(copyStep(memory, operandBytes, copy.axes, lhs + copy.source * operandBytes, target + copy.target * operandBytes));
    }
    lhs = target;
  }
  const sums = y.axes === null ? binding.sums : binding.reserve(y.size * sumBytes);
  if (!lowered.complete) steps.push(fillStep(memory, sums, y.size * sumBytes));
  for (const phase of lowered.phases) {
    if (phase[along].count >= lanes) steps.push(phaseStep(lowered, phase, along, binding, x, lhs, y, sums));
    else steps.push(...igemmSteps(lowered, phase, binding, { x: featuresLast(lowered, 1), lhs, y: resultFeaturesLast(lowered), sums }));
  }
  if (y.axes !== null) {
    if (lowered.components.sum < lowered.components.result) steps.push(fillStep(memory, binding.sums, 2 * y.size * sumBytes));
    steps.push(copyStep(memory, sumBytes, y.axes, sums, binding.sums));
  }
  return { steps, scratchBytes: 64 };
}

function phaseStep(
  lowered: LoweredConv,
  phase: Phase,
  along: number,
  binding: Binding,
  x: SpatialLastOperand,
  lhs: number,
  y: SpatialLastResult,
  sums: number,
): Step {
  const { arithmetic, geometry, components } = lowered;
  const { operandBytes, sumBytes } = ARITHMETICS[arithmetic];
  const { memory } = binding;
  const { groups, batch, outFeatures } = geometry;
  const taps = tapsOf(lowered, phase, along, x);
  const features = outFeatures * components.sum;
  const { count: width } = phase[along];

  let lines = Array.from({ length: batch }, (_, n) => ({ x: n * x.batch, y: n * y.batch }));
  phase.forEach(({ count, xStep, start, step }, d) => {
    if (d === along) return;
    lines = lines.flatMap((at) =>
      Array.from({ length: count }, (_, q) => ({ x: at.x + q * xStep * x.spatial[d], y: at.y + (start + q * step) * y.spatial[d] })),
    );
  });
  // No stretch is so short that its vectors would not fit.
  const stretches = Math.max(1, Math.floor(width / STRETCH));
  const stretch = Math.ceil(width / stretches);
  const parameters = memory.parameters('Rows', {
    x: lhs,
    y: sums + phase[along].start * sumBytes,
    weights: packed(lowered, phase, taps.order, binding),
    lines: memory.words(lines.flatMap(({ x: from, y: to }) => [from * operandBytes, to * sumBytes])),
    width,
    stretch,
    stretches: Math.ceil(width / stretch),
    taps: memory.words(taps.table.map((offset) => offset * operandBytes)),
    tapCount: taps.table.length,
    groups,
    groupWeights: taps.table.length * features * operandBytes,
    xGroup: x.group * operandBytes,
    yGroup: y.group * sumBytes,
    features,
    yFeature: y.feature * sumBytes,
  });
  return { kernel: `${arithmetic}_rows`, parameters, units: lines.length * groups * Math.ceil(width / stretch) };
}

/** Where every tap of every input feature lies, relative to a position; dimensions in `order`, features outermost. */
function tapsOf(
  { geometry, components }: LoweredConv,
  phase: Phase,
  along: number,
  x: SpatialLastOperand,
): { readonly table: readonly number[]; readonly order: readonly number[] } {
  const planes = phase[along].xStep;
  let table = Array.from({ length: geometry.inFeatures }, (_, i) => i * x.feature);
  table = table.flatMap((at) => Array.from({ length: components.operand }, (_, part) => at + part * x.component));
  const order = phase.map((_, d) => d).toSorted((a, b) => x.spatial[b] - x.spatial[a]);
  for (const d of order) {
    const { origin, taps, tapStep } = phase[d];
    table = table.flatMap((at) =>
      Array.from({ length: taps }, (_, t) => {
        const place = origin - x.origin[d] + t * tapStep;
        return at + (d === along ? (place % planes) * x.spatial[d] + Math.floor(place / planes) : place * x.spatial[d]);
      }),
    );
  }
  return { table, order };
}

/** The weights as [group, block of features, tap, feature of the block]; their address. */
function packed(lowered: LoweredConv, phase: Phase, order: readonly number[], { memory, weights, run }: Binding): number {
  const { arithmetic, geometry, components } = lowered;
  const { operandBytes } = ARITHMETICS[arithmetic];
  const { rhs, groups, inFeatures, outFeatures } = geometry;
  const real = components.operand;
  const features = outFeatures * real;
  const taps = phase.reduce((product, { taps: count }) => product * count, 1);
  const depth = inFeatures * real * taps;
  const target = memory.allocate(groups * depth * features * operandBytes);
  const plane = groups * outFeatures * inFeatures * geometry.spatial.reduce((product, { kernel }) => product * kernel, 1);
  const start = phase.reduce((sum, { wStart }, d) => sum + wStart * rhs.spatial[d], rhs.offset);
  const steps: Step[] = [];
  let done = 0;
  for (const { features: block } of ROWS_TILES) {
    const blocks = block === 4 ? Math.floor(features / 4) : Math.floor((features - done) / block);
    if (blocks === 0) continue;
    // One tap: `block` features side by side; taps before features, the parts of a complex number between them.
    const axes: CopyAxis[] = [plainAxis(groups, rhs.group, depth * features), plainAxis(blocks, (block / real) * rhs.outer, depth * block)];
    let size = block;
    for (const d of order.toReversed()) {
      axes.push(plainAxis(phase[d].taps, phase[d].wStep * rhs.spatial[d], size));
      size *= phase[d].taps;
    }
    axes.push(plainAxis(inFeatures, rhs.inner, size * real), plainAxis(block / real, rhs.outer, real));
    const from = start + (done / real) * rhs.outer;
    // (a + bi)(c + di), as in igemm-panels.ts.
    const parts = real === 1 ? [{ plane: 0, at: 0 }] : [{ plane: 0, at: 0 }, { plane: 0, at: size + 1 }, { plane: 1, at: 1 }, { plane: 2, at: size }]; // prettier-ignore
    for (const part of parts) {
      const source = weights + (from + part.plane * plane) * operandBytes;
      steps.push(copyStep(memory, operandBytes, axes, source, target + (done * depth + part.at) * operandBytes));
    }
    done += blocks * block;
  }
  run(steps);
  return target;
}
