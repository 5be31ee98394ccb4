/**
 * The line kernels in two passes, for weights that are an outer product (a Gaussian, a box, a binomial): first over all taps but those
 * along the line, then along the line. A line between the passes stays in the first-level cache. Found when weights are bound; within the
 * direct kernel's bound (factor.ts).
 */
import { cutAtPadding, piecesOf, type Piece } from '@laxconv/api/backend';
import { lineAsItCame, type LineOperand } from '../../layout/line-operand.ts';
import { lineResult, type LineResult } from '../../layout/line-result.ts';
import { ARITHMETICS } from '../../lower/arithmetic.ts';
import { combinations, type LoweredConv, type Phase } from '../../lower/lower.ts';
import type { Step } from '../../program/step.ts';
import type { Binding, BoundKernel, Shortcut } from '../algorithm.ts';
import { intoSums } from '../between-layouts.ts';
import { factorsOf, PRECISIONS, type Factors } from './factor.ts';
import { pairedDimension, rowsLines, rowsReduction, type Reduction } from './rows-loops.ts';
import { ROWS } from './rows-tiles.ts';

/** Bytes of scratch memory for two lines. */
const LONGEST_LINE = 256 * 1024;
/** More pieces than this are not worth their tables. */
const MOST_PHASES = 64;
/** Microseconds of a million products, and of a line, measured. */
const COST = { f32: 50, f64: 100 };
const STEP_COST = 0.1;
const LINE_COST = 0.03;

/** What two passes would run on, whatever the weights. */
export interface Separable {
  readonly lowered: LoweredConv;
  readonly line: number;
  readonly x: LineOperand;
  readonly y: LineResult;
  readonly phases: readonly Phase[];
  readonly complete: boolean;
  /** Microseconds of a run. */
  readonly cost: number;
}

/** How `lowered` would run in two passes along dimension `line`; null where it cannot. */
export function separableAlong(lowered: LoweredConv, line: number): Separable | null {
  const { geometry, arithmetic, components } = lowered;
  const { spatial, outFeatures } = geometry;
  if ((arithmetic !== 'f32' && arithmetic !== 'f64') || components === 2 || outFeatures > 1) return null;
  const alongTaps = spatial[line].kernel;
  const acrossTaps = geometry.reductionLength / alongTaps;
  if (alongTaps < 2 || acrossTaps < 2 || geometry.reductionLength <= alongTaps + acrossTaps) return null;
  // There may be a piece for every tap.
  if (spatial.some(({ kernel }, d) => d !== line && kernel > MOST_PHASES)) return null;
  const x = lineAsItCame(lowered, line);
  const whole = spatial.map(piecesOf);
  const [piece] = whole[line].pieces;
  if (x === null || whole[line].pieces.length !== 1 || piece.xStep !== 1 || piece.step !== 1) return null;
  const { inner, count } = windowOf(piece, spatial[line].input);
  const { operandBytes } = ARITHMETICS[arithmetic];
  if (inner < ROWS[arithmetic].least || count < ROWS[arithmetic].least || pitchOf(piece, operandBytes) > LONGEST_LINE / 2) return null;
  const cut = whole.map((dimension, d) =>
    d === line ? [dimension] : dimension.pieces.map((each) => cutAtPadding(each, spatial[d].input, true)),
  );
  const phases = combinations(cut.map((list) => list.flatMap((each) => each.pieces)));
  if (phases.length === 0 || phases.length > MOST_PHASES) return null;
  const y = lineResult(lowered, line, 1);
  return {
    lowered,
    line,
    x,
    y,
    phases,
    complete: cut.every((list, d) => whole[d].complete && list.every((pieces) => pieces.complete)),
    cost: phases.reduce((sum, phase) => sum + phaseCost(lowered, phase, line), 0) + y.size * (y.copies === null ? 0 : 0.001),
  };
}

/** Microseconds of one phase. */
function phaseCost({ geometry, arithmetic }: LoweredConv, phase: Phase, line: number): number {
  const along = phase[line];
  const { inner } = windowOf(along, geometry.spatial[line].input);
  const others = phase.filter((_, d) => d !== line);
  const lines = others.reduce((many, { count }) => many * count, geometry.groups * geometry.batch);
  const across = others.reduce((many, { taps }) => many * taps, geometry.inFeatures);
  return STEP_COST + lines * (LINE_COST + ((across * inner + along.taps * along.count) * COST[arithmetic === 'f32' ? 'f32' : 'f64']) / 1e6);
}

/** How a whole line of outputs reads lhs: elements before and behind it are padding. */
function windowOf({ origin, count, taps, tapStep }: Piece, input: number): { first: number; inner: number; before: number; count: number } {
  const end = origin + (count - 1) + (taps - 1) * tapStep + 1;
  const first = Math.max(0, origin);
  return { first, inner: Math.min(input, end) - first, before: first - origin, count };
}

function pitchOf({ count, taps, tapStep }: Piece, bytes: number): number {
  return Math.ceil(((count + (taps - 1) * tapStep) * bytes) / 64) * 64;
}

/** The two passes, for weights that they can run. */
export function separableShortcut(plan: Separable): Shortcut {
  return {
    cost: plan.cost,
    reason: 'in two passes along lines, where the weights are an outer product',
    bind: (binding) => bindSeparable(plan, binding),
  };
}

/** The two passes for the weights in `binding`; null where they are no outer product. */
function bindSeparable(plan: Separable, binding: Binding): BoundKernel | null {
  const { lowered, phases, line, y, complete } = plan;
  const { operandBytes } = ARITHMETICS[lowered.arithmetic];
  const factors = Array.from({ length: lowered.geometry.groups }, (_, group) => groupFactors(plan, group, binding));
  if (!factors.every((each) => each !== null)) return null;
  const steps = intoSums(lowered, y, complete, binding, (sums) => phases.map((phase) => phaseStep(plan, phase, factors, binding, sums)));
  return { steps, scratchBytes: 2 * Math.max(...phases.map((phase) => pitchOf(phase[line], operandBytes))) };
}

/** Where the weights of a group lie: rows are all taps but those along the line, in the order of `acrossOffsets`. */
function acrossOffsets({ lowered: { geometry }, line }: Separable): Map<number, number> {
  const { rhs, inFeatures, spatial } = geometry;
  let offsets = Array.from({ length: inFeatures }, (_, i) => i * rhs.inner);
  spatial.forEach(({ kernel }, d) => {
    if (d !== line) offsets = offsets.flatMap((at) => Array.from({ length: kernel }, (_, tap) => at + tap * rhs.spatial[d]));
  });
  return new Map(offsets.map((offset, index) => [offset, index]));
}

function groupFactors(plan: Separable, group: number, { memory, weights }: Binding): Factors | null {
  const { lowered, line } = plan;
  const { rhs, spatial } = lowered.geometry;
  const { kernel } = spatial[line];
  const { buffer } = memory.heap.memory;
  const isSingle = lowered.arithmetic === 'f32';
  const all = isSingle
    ? new Float32Array(buffer, weights)
    : new Float64Array(buffer, weights, Math.floor((buffer.byteLength - weights) / 8));
  const matrix = [...acrossOffsets(plan).keys()].flatMap((across) =>
    Array.from({ length: kernel }, (_, tap) => all[rhs.offset + group * rhs.group + across + tap * rhs.spatial[line]]),
  );
  return factorsOf(Float64Array.from(matrix), kernel, isSingle ? PRECISIONS.f32 : PRECISIONS.f64);
}

function phaseStep(plan: Separable, phase: Phase, factors: readonly Factors[], binding: Binding, sums: number): Step {
  const { lowered, line, x, y } = plan;
  const { arithmetic, geometry } = lowered;
  const { operandBytes, sumBytes } = ARITHMETICS[arithmetic];
  const { memory } = binding;
  const along = phase[line];
  const { first, inner, before } = windowOf(along, geometry.spatial[line].input);
  // The first pass meets one tap along the line, for every element that the second one reads.
  const across = phase.map((piece, d) => (d === line ? { ...piece, taps: 1, wStart: 0, origin: first } : piece));
  const pair = pairedDimension(lowered, across, line);
  const { table } = rowsLines(lowered, phase, line, pair ?? line, x, y);
  const reduction = rowsReduction(lowered, across, line, pair, x);
  const order = weightOrder(plan, across, reduction);
  const alongOrder = Array.from({ length: along.taps }, (_, tap) => along.wStart + tap * along.wStep);
  const parameters = memory.parameters('Separable', {
    x: binding.lhs,
    y: sums,
    lines: memory.words(table.flatMap(({ x: from, y: to }) => [from * operandBytes, to * sumBytes])),
    lineCount: table.length,
    xGroup: x.group * operandBytes,
    yGroup: y.group * sumBytes,
    yLine: pair === null ? 0 : phase[pair].step * y.spatial[pair] * sumBytes,
    weights: memory.reals(
      operandBytes,
      factors.flatMap((each) => order.map((index) => each.across[index])),
    ),
    groupWeights: order.length * operandBytes,
    segments: memory.words(reduction.segments.map((offset) => offset * operandBytes)),
    segmentCount: reduction.segments.length,
    length: reduction.length,
    kStep: reduction.step * operandBytes,
    rowTaps: pair === null ? 0 : phase[pair].taps,
    inner,
    before: before * operandBytes,
    pitch: pitchOf(along, operandBytes),
    alongWeights: memory.reals(
      operandBytes,
      factors.flatMap((each) => alongOrder.map((index) => each.along[index])),
    ),
    alongGroupWeights: along.taps * operandBytes,
    alongSegments: memory.words([0]),
    alongLength: along.taps,
    alongStep: along.tapStep * operandBytes,
    width: along.count,
  });
  return { kernel: `${arithmetic}_separable`, parameters, units: geometry.groups * table.length, cost: phaseCost(lowered, phase, line) };
}

/** The rows of the weights' matrix in the order in which the first pass meets them. */
function weightOrder(plan: Separable, phase: Phase, { loops }: Reduction): number[] {
  const { rhs } = plan.lowered.geometry;
  const rows = acrossOffsets(plan);
  let offsets = [phase.reduce((sum, { wStart }, d) => sum + (d === plan.line ? 0 : wStart * rhs.spatial[d]), 0)];
  for (const { count, w } of loops) offsets = offsets.flatMap((at) => Array.from({ length: count }, (_, index) => at + index * w));
  return offsets.map((offset) => rows.get(offset) ?? 0);
}
