/** What stands around kernels that want lhs and sums in an order of their own: copies, where the caller's is another. */
import { copyCost } from '../layout/copy-cost.ts';
import { copyStep, fillStep } from '../layout/copy-step.ts';
import { featuresLast, groupsLast, type OperandLayout } from '../layout/operand-layout.ts';
import { resultFeaturesLast, resultGroupsLast, type ResultLayout } from '../layout/result-layout.ts';
import { ARITHMETICS } from '../lower/arithmetic.ts';
import type { LoweredConv } from '../lower/lower.ts';
import type { Step } from '../program/step.ts';
import type { Binding } from './algorithm.ts';

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
  const costOf = ({ copies }: OperandLayout | ResultLayout, bytes: number): number =>
    (copies ?? []).reduce((sum, { axes }) => sum + copyCost(axes, bytes), 0);
  return costOf(x, operandBytes) + costOf(y, sumBytes);
}

/** `inner`'s steps, between those that bring lhs and sums where it wants them. */
export function betweenLayouts(
  lowered: LoweredConv,
  { x, y }: Layouts,
  binding: Binding,
  inner: (places: Places) => readonly Step[],
): Step[] {
  return intoSums(lowered, y, lowered.complete, binding, (sums) => {
    const { steps, lhs } = brought(lowered, x, binding);
    return [...steps, ...inner({ x, lhs, y, sums })];
  });
}

/** The copies that bring lhs into the order of `x`, and its relative address there. */
export function brought({ arithmetic }: LoweredConv, { copies, size }: OperandLayout, binding: Binding): { steps: Step[]; lhs: number } {
  if (copies === null) return { steps: [], lhs: binding.lhs };
  const { operandBytes: bytes } = ARITHMETICS[arithmetic];
  const lhs = binding.reserve(size * bytes);
  const steps = copies.map(({ axes, source, target }) =>
    copyStep(binding.memory, bytes, axes, binding.lhs + source * bytes, lhs + target * bytes),
  );
  return { steps, lhs };
}

/** `inner`'s steps on sums in the order of `y`: zeros first, where these leave some out, and copied to where the caller wants them. */
export function intoSums(
  { arithmetic }: LoweredConv,
  { copies, size }: ResultLayout,
  complete: boolean,
  { memory, sums: target, reserve }: Binding,
  inner: (sums: number) => readonly Step[],
): Step[] {
  const { sumBytes: bytes } = ARITHMETICS[arithmetic];
  const sums = copies === null ? target : reserve(size * bytes);
  return [
    ...(complete ? [] : [fillStep(memory, sums, size * bytes)]),
    ...inner(sums),
    ...(copies ?? []).map(({ axes, source, target: to }) => copyStep(memory, bytes, axes, sums + source * bytes, target + to * bytes)),
  ];
}
