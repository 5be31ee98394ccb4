/** What stands around kernels that want lhs and sums in an order of their own: copies, where the caller's is another. */
import { copyCost } from '../layout/copy-cost.ts';
import { copyStep, fillStep } from '../layout/copy-step.ts';
import { featuresLast, groupsLast, type OperandLayout } from '../layout/operand-layout.ts';
import { resultFeaturesLast, resultGroupsLast, type ResultLayout } from '../layout/result-layout.ts';
import { ARITHMETICS } from '../lower/arithmetic.ts';
import type { LoweredConv } from '../lower/lower.ts';
import type { Step } from '../program/step.ts';
import type { Binding, BoundKernel } from './algorithm.ts';

/** The orders that a kernel wants lhs and sums in. */
export interface Layouts {
  readonly x: OperandLayout;
  readonly y: ResultLayout;
}

/** Where a kernel finds lhs and leaves its sums. */
export interface Places extends Layouts {
  /** Relative address of lhs. */
  readonly lhs: number;
  /** Relative address of the sums. */
  readonly sums: number;
}

/** The features of a group side by side, those of lhs as many as a multiple of `multiple`. */
export function byFeatures(lowered: LoweredConv, multiple: number): Layouts {
  return { x: featuresLast(lowered, multiple), y: resultFeaturesLast(lowered) };
}

/** The groups side by side. */
export function byGroups(lowered: LoweredConv): Layouts {
  return { x: groupsLast(lowered), y: resultGroupsLast(lowered) };
}

/** Microseconds of the copies that `betweenLayouts` makes. */
export function layoutsCost({ arithmetic }: LoweredConv, { x, y }: Layouts): number {
  const { operandBytes, sumBytes } = ARITHMETICS[arithmetic];
  return (x.axes === null ? 0 : copyCost(x.axes, operandBytes)) + (y.axes === null ? 0 : copyCost(y.axes, sumBytes));
}

/** `inner`'s steps, between those that bring lhs and sums where it wants them. */
export function betweenLayouts(
  lowered: LoweredConv,
  { x, y }: Layouts,
  binding: Binding,
  inner: (places: Places) => BoundKernel,
): BoundKernel {
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
  const { steps: innerSteps, scratchBytes } = inner({ x, lhs, y, sums });
  steps.push(...innerSteps);
  if (y.axes !== null) {
    const isNarrow = lowered.components.sum < lowered.components.result;
    if (isNarrow) steps.push(fillStep(memory, binding.sums, 2 * y.size * sumBytes));
    steps.push(copyStep(memory, sumBytes, y.axes, sums, binding.sums));
  }
  return { steps, scratchBytes };
}
