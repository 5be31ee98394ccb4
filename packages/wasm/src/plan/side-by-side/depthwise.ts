/** Depthwise convolutions: one input feature per group, the features of the groups side by side. */
import { plainAxis } from '../../layout/axis.ts';
import { copyStep } from '../../layout/copy-step.ts';
import type { OperandLayout } from '../../layout/operand-layout.ts';
import { ARITHMETICS, type Arithmetic } from '../../lower/arithmetic.ts';
import type { LoweredConv, Phase } from '../../lower/lower.ts';
import type { Algorithm, Binding } from '../algorithm.ts';
import { betweenLayouts, byGroups, layoutsCost } from '../between-layouts.ts';
import { DEPTHWISE_ROWS } from './depthwise-tile.ts';
import { directBound } from '../direct-bound.ts';
import { cutAtBorders, sideBySideCost, sideBySideStep, type SideBySide } from './side-by-side.ts';
import { firstWeight, tapAxes } from '../weights.ts';

/** Microseconds for a million multiply-adds, and for a tile, measured. */
const COST: Readonly<Record<Arithmetic, number>> = { f32: 50, f64: 100, i16: 90, i32: 90, i64: 300 };
const LINE_COST = 0.05;

/** A kernel for each channel. */
export const depthwise: Algorithm = {
  name: 'depthwise',
  consider(given) {
    const { arithmetic, geometry, components } = given;
    const { groups, inFeatures, outFeatures } = geometry;
    const lanes = 16 / ARITHMETICS[arithmetic].sumBytes;
    if (inFeatures > 1) return 'more than one input feature per group';
    if (components === 2) return 'no complex numbers';
    if (groups < lanes) return `fewer than ${lanes} groups`;
    const lowered = cutAtBorders(given);
    const layouts = byGroups(lowered);
    const work = { perPosition: groups * outFeatures, multiplyAdd: COST[arithmetic], line: LINE_COST };
    return {
      kernel: `${arithmetic}-depthwise-${DEPTHWISE_ROWS}x${2 * lanes}`,
      errorBound: directBound(given),
      cost: sideBySideCost(lowered, work) + layoutsCost(lowered, layouts),
      reason: `direct, ${groups} groups side by side in the vectors`,
      bind: (binding) => ({
        scratchBytes: 0,
        steps: betweenLayouts(lowered, layouts, binding, (places) => {
          const kernel: SideBySide = {
            kernel: 'depthwise',
            features: groups,
            multiplier: outFeatures,
            yMultiple: places.y.feature,
            pack: (phase, x) => packed(lowered, phase, x, binding),
          };
          return lowered.phases.map((phase) => sideBySideStep(lowered, phase, binding, places, kernel));
        }),
      }),
    };
  },
};

/** The weights as [multiple, tap, group]; their address. */
function packed(lowered: LoweredConv, phase: Phase, x: OperandLayout, { memory, weights, run }: Binding): number {
  const { operandBytes } = ARITHMETICS[lowered.arithmetic];
  const { rhs, groups, outFeatures } = lowered.geometry;
  const taps = tapAxes(lowered, phase, x, groups);
  const axes = [plainAxis(groups, rhs.group, 1), ...taps.axes, plainAxis(outFeatures, rhs.outer, taps.size)];
  const target = memory.allocate(taps.size * outFeatures * operandBytes);
  run([copyStep(memory, operandBytes, axes, weights + firstWeight(lowered, phase) * operandBytes, target)]);
  return target;
}
