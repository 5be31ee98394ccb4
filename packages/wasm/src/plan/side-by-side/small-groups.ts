/**
 * Groups of two or four features that lie side by side: complex depthwise convolutions, and grouped ones of that size. As in depthwise
 * kernels, the features of all groups fill the vectors; inside a vector, each group's features are turned to meet one another.
 */
import { plainAxis } from '../../layout/axis.ts';
import { copyStep } from '../../layout/copy-step.ts';
import type { OperandLayout } from '../../layout/operand-layout.ts';
import { ARITHMETICS } from '../../lower/arithmetic.ts';
import type { LoweredConv, Phase } from '../../lower/lower.ts';
import type { Step } from '../../program/step.ts';
import type { Algorithm, Binding } from '../algorithm.ts';
import { betweenLayouts, byFeatures, layoutsCost } from '../between-layouts.ts';
import { DEPTHWISE_ROWS, GROUP_SIZES } from './depthwise-tile.ts';
import { directBound } from '../direct-bound.ts';
import { cutAtBorders, sideBySideCost, sideBySideStep, type SideBySide } from './side-by-side.ts';
import { firstWeight, planeOf, planeSize, tapAxes } from '../weights.ts';

/** Microseconds of a million multiply-adds, and of a tile, measured. */
const COST = { f32: 45, f64: 90 };
const LINE_COST = 0.06;

/** Small groups side by side. */
export const smallGroups: Algorithm = {
  name: 'groups',
  consider(given) {
    const { arithmetic, geometry, components } = given;
    const { groups, inFeatures, outFeatures } = geometry;
    const size = inFeatures * components;
    const lanes = 16 / ARITHMETICS[arithmetic].sumBytes;
    if (inFeatures !== outFeatures || !GROUP_SIZES[arithmetic].includes(size)) return 'no groups of two or four features on both sides';
    if (groups * size < lanes) return `fewer than ${lanes} features`;
    const lowered = cutAtBorders(given);
    const layouts = byFeatures(lowered, 1);
    if (groups > 1 && (layouts.x.group !== size || layouts.y.group !== size)) return 'its groups do not lie side by side';
    const work = { perPosition: groups * size * size, multiplyAdd: COST[arithmetic === 'f32' ? 'f32' : 'f64'], line: LINE_COST };
    return {
      kernel: `${arithmetic}-groups${size}-${DEPTHWISE_ROWS}x${2 * lanes}`,
      errorBound: directBound(given),
      cost: sideBySideCost(lowered, work) + layoutsCost(lowered, layouts),
      reason: `direct, ${groups} groups of ${size} side by side in the vectors`,
      bind: (binding) => ({
        scratchBytes: 0,
        steps: betweenLayouts(lowered, layouts, binding, (places) => {
          const kernel: SideBySide = {
            kernel: `groups_of_${size}`,
            features: groups * size,
            multiplier: 1,
            yMultiple: 0,
            pack: (phase, x) => packed(lowered, phase, x, binding),
          };
          return lowered.phases.map((phase) => sideBySideStep(lowered, phase, binding, places, kernel));
        }),
      }),
    };
  },
};

/** The weights as [tap, turn, group, feature]: turned by r, the sum of feature o meets feature o + r of lhs. Their address. */
function packed(lowered: LoweredConv, phase: Phase, x: OperandLayout, { memory, weights, run }: Binding): number {
  const { arithmetic, geometry, components } = lowered;
  const { operandBytes } = ARITHMETICS[arithmetic];
  const { rhs, groups, inFeatures } = geometry;
  const real = components;
  const size = inFeatures * real;
  const lanes = groups * size;
  const taps = tapAxes(lowered, phase, x, lanes * size);
  const start = firstWeight(lowered, phase);
  const axes = [...taps.axes, plainAxis(groups, rhs.group, size)];
  const target = memory.allocate(taps.size * operandBytes);
  const steps: Step[] = [];
  for (let out = 0; out < size; out++) {
    for (let turn = 0; turn < size; turn++) {
      const into = (out + turn) % size;
      const from =
        start +
        planeOf(into % real, out % real) * planeSize(lowered) +
        Math.floor(out / real) * rhs.outer +
        Math.floor(into / real) * rhs.inner;
      steps.push(copyStep(memory, operandBytes, axes, weights + from * operandBytes, target + (turn * lanes + out) * operandBytes));
    }
  }
  run(steps);
  return target;
}
