/**
 * Groups of two or four features that lie side by side: complex depthwise convolutions, and grouped ones of that size. As in depthwise
 * kernels, the features of all groups fill the vectors; inside a vector, each group's features are turned to meet one another.
 */
import { plainAxis, type CopyAxis } from '../layout/axis.ts';
import { copyCost } from '../layout/copy-cost.ts';
import { copyStep, fillStep } from '../layout/copy-step.ts';
import { featuresLast, type OperandLayout } from '../layout/operand-layout.ts';
import { resultFeaturesLast, type ResultLayout } from '../layout/result-layout.ts';
import { ARITHMETICS } from '../lower/arithmetic.ts';
import { lower, type LoweredConv, type Phase } from '../lower/lower.ts';
import type { Step } from '../program/step.ts';
import type { Algorithm, Binding, BoundKernel } from './algorithm.ts';
import { DEPTHWISE_ROWS, GROUP_SIZES } from './depthwise-tile.ts';
import { directBound } from './direct-bound.ts';
import { linesOf, tapOrder, tapsOf } from './igemm-loops.ts';

/** Microseconds of a million multiply-adds, of a tile and a step, measured. */
const COST = { f32: 45, f64: 90 };
const LINE_COST = 0.06;
const STEP_COST = 0.1;
/** More pieces than this are padded after all. */
const MOST_PHASES = 64;

/** Small groups side by side. */
export const smallGroups: Algorithm = {
  name: 'groups',
  consider(given) {
    const { arithmetic, geometry, components, problem } = given;
    const { groups, inFeatures, outFeatures, batch } = geometry;
    const size = inFeatures * components.operand;
    const lanes = 16 / ARITHMETICS[arithmetic].sumBytes;
    if (inFeatures !== outFeatures || !GROUP_SIZES[arithmetic].includes(size)) return 'no groups of two or four features on both sides';
    if (groups * size < lanes) return `fewer than ${lanes} features`;
    const exact = lower(problem, true);
    const lowered = exact.phases.length <= MOST_PHASES ? exact : given;
    const [x, y] = [featuresLast(lowered, 1), resultFeaturesLast(lowered)];
    if (groups > 1 && (x.group !== size || y.group !== size)) return 'its groups do not lie side by side';
    const works = lowered.phases.map((phase) => ({
      positions: phase.reduce((product, { count }) => product * count, batch),
      taps: phase.reduce((product, { taps }) => product * taps, 1),
    }));
    const multiplyAdds = works.reduce((sum, { positions, taps }) => sum + positions * taps, 0) * groups * size * size;
    const lines = works.reduce((sum, { positions }) => sum + positions, 0) / DEPTHWISE_ROWS;
    const { operandBytes, sumBytes } = ARITHMETICS[arithmetic];
    const copies = (x.axes === null ? 0 : copyCost(x.axes, operandBytes)) + (y.axes === null ? 0 : copyCost(y.axes, sumBytes));
    return {
      kernel: `${arithmetic}-groups${size}-${DEPTHWISE_ROWS}x${2 * lanes}`,
      errorBound: directBound(given),
      cost:
        lowered.phases.length * STEP_COST + (multiplyAdds * COST[arithmetic === 'f32' ? 'f32' : 'f64']) / 1e6 + lines * LINE_COST + copies,
      reason: `direct, ${groups} groups of ${size} side by side in the vectors`,
      bind: (binding) => bind(lowered, x, y, binding),
    };
  },
};

function bind(lowered: LoweredConv, x: OperandLayout, y: ResultLayout, binding: Binding): BoundKernel {
  const { operandBytes, sumBytes } = ARITHMETICS[lowered.arithmetic];
  const { memory } = binding;
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
    if (lowered.components.sum < lowered.components.result) steps.push(fillStep(memory, binding.sums, 2 * y.size * sumBytes));
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
    features: geometry.groups * y.features,
    multiplier: 1,
    yMultiple: 0,
  });
  return { kernel: `${arithmetic}_groups_of_${y.features}`, parameters, units: lines.table.length };
}

/** The weights as [tap, turn, group, feature]: turned by r, the sum of feature o meets feature o + r of lhs. Their address. */
function packed({ arithmetic, geometry, components }: LoweredConv, phase: Phase, x: OperandLayout, binding: Binding): number {
  const { operandBytes } = ARITHMETICS[arithmetic];
  const { rhs, groups, inFeatures, outFeatures, spatial } = geometry;
  const { memory, weights } = binding;
  const real = components.operand;
  const size = inFeatures * real;
  const lanes = groups * size;
  const axes: CopyAxis[] = [];
  let distance = lanes * size;
  for (const d of tapOrder(phase, x).toReversed()) {
    axes.push(plainAxis(phase[d].taps, phase[d].wStep * rhs.spatial[d], distance));
    distance *= phase[d].taps;
  }
  axes.push(plainAxis(groups, rhs.group, size));
  const start = phase.reduce((sum, { wStart }, d) => sum + wStart * rhs.spatial[d], rhs.offset);
  const plane = groups * outFeatures * inFeatures * spatial.reduce((product, { kernel }) => product * kernel, 1);
  const target = memory.allocate(distance * operandBytes);
  const steps: Step[] = [];
  for (let out = 0; out < size; out++) {
    for (let turn = 0; turn < size; turn++) {
      const into = (out + turn) % size;
      // (a + bi)(c + di), as in igemm-panels.ts: the planes are re, im and −im.
      const part = out % real === into % real ? 0 : out % real === 1 ? 1 : 2;
      const from = start + part * plane + Math.floor(out / real) * rhs.outer + Math.floor(into / real) * rhs.inner;
      steps.push(copyStep(memory, operandBytes, axes, weights + from * operandBytes, target + (turn * lanes + out) * operandBytes));
    }
  }
  binding.run(steps);
  return target;
}
