/**
 * Depthwise convolutions: one input feature per group, features of the groups side by side. Padding is cut away rather than copied around
 * lhs, since a copy would cost as much as the arithmetic.
 */
import { ARITHMETICS, type Arithmetic } from '../lower/arithmetic.ts';
import { lower, type LoweredConv, type Phase } from '../lower/lower.ts';
import { copyCost } from '../layout/copy-cost.ts';
import { copyStep, fillStep } from '../layout/copy-step.ts';
import { plainAxis } from '../layout/axis.ts';
import { groupsLast, type OperandLayout } from '../layout/operand-layout.ts';
import { resultGroupsLast, type ResultLayout } from '../layout/result-layout.ts';
import type { Step } from '../program/step.ts';
import type { Algorithm, Binding, BoundKernel } from './algorithm.ts';
import { directBound } from './direct-bound.ts';
import { DEPTHWISE_ROWS } from './depthwise-tile.ts';
import { linesOf, tapOrder, tapsOf } from './igemm-loops.ts';

/** Microseconds for a million multiply-adds, for a tile and a step, measured. */
const COST: Readonly<Record<Arithmetic, number>> = { f32: 50, f64: 100, i16: 90, i32: 90, i64: 300 };
const LINE_COST = 0.05;
const STEP_COST = 0.1;
/** More pieces than this are padded after all. */
const MOST_PHASES = 64;

/** A kernel for each channel. */
export const depthwise: Algorithm = {
  name: 'depthwise',
  consider(given) {
    const { arithmetic, geometry, components, problem } = given;
    const { groups, inFeatures, outFeatures, batch } = geometry;
    const lanes = 16 / ARITHMETICS[arithmetic].sumBytes;
    if (inFeatures > 1) return 'more than one input feature per group';
    if (components.operand === 2) return 'no complex numbers';
    if (groups < lanes) return `fewer than ${lanes} groups`;
    const exact = lower(problem, true);
    const lowered = exact.phases.length <= MOST_PHASES ? exact : given;
    const [x, y] = [groupsLast(lowered), resultGroupsLast(lowered)];
    const { operandBytes, sumBytes } = ARITHMETICS[arithmetic];
    const copies = (x.axes === null ? 0 : copyCost(x.axes, operandBytes)) + (y.axes === null ? 0 : copyCost(y.axes, sumBytes));
    const positions = lowered.phases.map((phase) => phase.reduce((product, { count }) => product * count, batch));
    const taps = lowered.phases.map((phase) => phase.reduce((product, { taps: count }) => product * count, 1));
    const multiplyAdds = positions.reduce((sum, count, index) => sum + count * taps[index], 0) * groups * outFeatures;
    return {
      kernel: `${arithmetic}-depthwise-${DEPTHWISE_ROWS}x${2 * lanes}`,
      errorBound: directBound(given),
      cost:
        lowered.phases.length * STEP_COST +
        (multiplyAdds * COST[arithmetic]) / 1e6 +
        (positions.reduce((sum, count) => sum + count, 0) * LINE_COST) / DEPTHWISE_ROWS +
        copies,
      reason: `direct, ${groups} groups side by side in the vectors`,
      bind: (binding) => bind(lowered, binding),
    };
  },
};

function bind(lowered: LoweredConv, binding: Binding): BoundKernel {
  const { operandBytes, sumBytes } = ARITHMETICS[lowered.arithmetic];
  const { memory } = binding;
  const x = groupsLast(lowered);
  const y = resultGroupsLast(lowered);
  const steps: Step[] = [];
  let { lhs } = binding;
  if (x.axes !== null) {
    const target = binding.reserve(x.size * operandBytes);
    steps.push(copyStep(memory, operandBytes, x.axes, lhs + x.start * operandBytes, target));
    lhs = target;
  }
  const sums = y.axes === null ? binding.sums : binding.reserve(y.size * sumBytes);
  if (!lowered.complete) steps.push(fillStep(memory, sums, y.size * sumBytes));
  for (const phase of lowered.phases) steps.push(phaseStep(lowered, phase, binding, x, lhs, y, sums));
  if (y.axes !== null) {
    if (lowered.components.result === 2) steps.push(fillStep(memory, binding.sums, 2 * y.size * sumBytes));
    steps.push(copyStep(memory, sumBytes, y.axes, sums, binding.sums));
  }
  return { steps, scratchBytes: 0 };
}

function phaseStep(
  lowered: LoweredConv,
  phase: Phase,
  binding: Binding,
  x: OperandLayout,
  lhs: number,
  y: ResultLayout,
  sums: number,
): Step {
  const { arithmetic, geometry } = lowered;
  const { operandBytes, sumBytes } = ARITHMETICS[arithmetic];
  const { memory } = binding;
  const lines = linesOf(lowered, phase, x, y);
  const taps = tapsOf(phase, x);
  const parameters = memory.parameters('Depthwise', {
    x: lhs + taps.origin * operandBytes,
    y: sums + lines.origin * sumBytes,
    weights: packed(lowered, phase, x, binding),
    lines: memory.words(lines.table.flatMap(({ x: from, y: to }) => [from * operandBytes, to * sumBytes])),
    width: lines.width,
    xStep: lines.xStep * operandBytes,
    yStep: lines.yStep * sumBytes,
    taps: memory.words(taps.table.map((offset) => offset * operandBytes)),
    tapCount: taps.table.length,
    features: geometry.groups,
    multiplier: geometry.outFeatures,
    yMultiple: y.feature * sumBytes,
  });
  return { kernel: `${arithmetic}_depthwise`, parameters, units: lines.table.length * geometry.outFeatures };
}

/** The weights as [multiple, tap, group]; their address. */
function packed({ arithmetic, geometry }: LoweredConv, phase: Phase, x: OperandLayout, { memory, weights, run }: Binding): number {
  const { operandBytes } = ARITHMETICS[arithmetic];
  const { rhs, groups, outFeatures } = geometry;
  const axes = [plainAxis(groups, rhs.group, 1)];
  let size = groups;
  for (const d of tapOrder(phase, x).toReversed()) {
    axes.push(plainAxis(phase[d].taps, phase[d].wStep * rhs.spatial[d], size));
    size *= phase[d].taps;
  }
  axes.push(plainAxis(outFeatures, rhs.outer, size));
  const start = phase.reduce((sum, { wStart }, d) => sum + wStart * rhs.spatial[d], rhs.offset);
  const target = memory.allocate(size * outFeatures * operandBytes);
  run([copyStep(memory, operandBytes, axes, weights + start * operandBytes, target)]);
  return target;
}
