/** What stands around kernels that work with features side by side: lhs and result in that order, where the caller's is another. */
import { copyStep, fillStep } from '../layout/copy-step.ts';
import { featuresLast, type OperandLayout } from '../layout/operand-layout.ts';
import { resultFeaturesLast, type ResultLayout } from '../layout/result-layout.ts';
import { ARITHMETICS } from '../lower/arithmetic.ts';
import type { LoweredConv } from '../lower/lower.ts';
import type { Step } from '../program/step.ts';
import type { Binding, BoundKernel } from './algorithm.ts';

/** Where a kernel finds lhs and leaves its sums. */
export interface Places {
  readonly x: OperandLayout;
  /** Relative address of lhs. */
  readonly lhs: number;
  readonly y: ResultLayout;
  /** Relative address of the sums. */
  readonly sums: number;
}

/** `inner`'s steps, between those that bring lhs and sums where it wants them; the features of lhs are a multiple of `multiple`. */
export function betweenLayouts(
  lowered: LoweredConv,
  multiple: number,
  binding: Binding,
  inner: (places: Places) => BoundKernel,
): BoundKernel {
  const { operandBytes, sumBytes } = ARITHMETICS[lowered.arithmetic];
  const { memory } = binding;
  const x = featuresLast(lowered, multiple);
  const y = resultFeaturesLast(lowered);
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
