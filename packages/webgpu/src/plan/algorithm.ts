/** What a row of the decision table is: an algorithm that says whether and how well it would run a problem, and then makes it so. */
import type { ErrorBound } from '@laxconv/api/backend';
import type { AdapterFacts } from '../device/adapter-facts.ts';
import type { LoweredConv } from '../lower/lower.ts';
import type { BufferRef, Dispatch } from '../program/dispatch.ts';

export type { AdapterFacts } from '../device/adapter-facts.ts';
export type { BufferRef, Dispatch } from '../program/dispatch.ts';

/** What a candidate gets to write its run. Operands and result are in the problem's layouts and in the arithmetic's elements. */
export interface Binding {
  readonly lhs: BufferRef;
  readonly rhs: BufferRef;
  /** Every element must be written: what it holds before is anything. */
  readonly out: BufferRef;
  /** Memory of one run; what it holds before is anything. */
  scratch(bytes: number): BufferRef;
  /** Memory of one run that holds zeros when it begins. */
  zeros(bytes: number): BufferRef;
  /** Parameters and tables, written once for the plan. */
  constant(data: ArrayBufferView): BufferRef;
  /** Memory of the bound convolution, filled once from `rhs` by these dispatches. */
  packed(bytes: number, dispatches: (target: BufferRef) => readonly Dispatch[]): BufferRef;
}

/** A way to run one problem. */
export interface Candidate {
  /** The kernel's name. */
  readonly kernel: string;
  readonly errorBound: ErrorBound;
  /** Estimated microseconds of a run. */
  readonly cost: number;
  /** Microseconds of compiling its shaders, shared out among the runs that they may serve. The least sum with `cost` is chosen. */
  readonly compiling: number;
  /** Why it is here, for `explain`. */
  readonly reason: string;
  /** The dispatches of a run. Called once for a plan: no buffer is there yet. */
  bind(binding: Binding): readonly Dispatch[];
}

/** A row of the decision table. */
export interface Algorithm {
  readonly name: string;
  /** It needs no phases: it is asked too where the problem is wild (LoweredConv). */
  readonly readsInPlace?: boolean;
  /** How it would run the problem; or why it does not. */
  consider(lowered: LoweredConv, adapter: AdapterFacts): Candidate | string;
}
