/** What a row of the decision table is: an algorithm that says whether and how well it would run a problem, and then makes it so. */
import type { ErrorBound } from '@laxconv/api/backend';
import type { Exponents } from '../exponents.ts';
import type { LoweredConv } from '../lower/lower.ts';
import type { OwnedMemory } from '../memory/owned-memory.ts';
import type { PlanMemory } from '../memory/plan-memory.ts';
import type { Step } from '../program/step.ts';
import type { Isa } from '../module/isa.ts';

/** A way to run a problem that only weights of a certain kind have: whether it can be taken shows when they are bound. */
export interface Shortcut {
  /** Estimated microseconds of a run on one thread. */
  readonly cost: number;
  /** Which weights, for `explain`. */
  readonly reason: string;
  /** Null where the weights are of another kind; then nothing has been allocated. Its errors are a direct kernel's. */
  bind(binding: Binding): BoundKernel | null;
}

/** A way to run one problem. */
export interface Candidate {
  /** The kernel's name without the instruction set. */
  readonly kernel: string;
  readonly errorBound: ErrorBound;
  /** The weights that it is right for; where absent, finite ones if its bound is pointwise, and else any. A direct kernel takes others. */
  readonly weights?: Exponents;
  /** Estimated microseconds of a run on one thread; the least is chosen. */
  readonly cost: number;
  /** Why it is here, for `explain`. */
  readonly reason: string;
  /** A faster way for some weights. It may also be taken in place of another candidate. */
  readonly shortcut?: Shortcut;
  /** Real numbers of workspace that the kernel reads lhs from and writes sums to. */
  bind(binding: Binding): BoundKernel;
}

/** What a candidate gets to bind its weights. */
export interface Binding {
  /** For tables and packed weights; lives as long as the bound convolution. */
  readonly memory: OwnedMemory;
  /** For tables that do not depend on the weights: all bindings of the plan share them. */
  readonly shared: PlanMemory;
  /** Absolute address of the weights, in the problem's layout and in the arithmetic's operand type. Gone after bind. */
  readonly weights: number;
  /** Relative address of lhs as it came, in the arithmetic's operand type. */
  readonly lhs: number;
  /** Relative address where the sums go, in the caller's order and in the arithmetic's sum type. */
  readonly sums: number;
  /** Reserves workspace for the kernel's own use; its relative address. */
  reserve(bytes: number): number;
  /** Runs steps now, on absolute addresses: to pack weights. */
  run(steps: readonly Step[]): void;
}

/** The steps from lhs to sums. */
export interface BoundKernel {
  readonly steps: readonly Step[];
  readonly scratchBytes: number;
}

/** A row of the decision table. */
export interface Algorithm {
  readonly name: string;
  /** It reads lhs where it lies, and needs no phases: it is asked too where the problem is wild (LoweredConv). */
  readonly readsInPlace?: boolean;
  /** How it would run the problem; or why it does not. */
  consider(lowered: LoweredConv, isa: Isa): Candidate | string;
}
