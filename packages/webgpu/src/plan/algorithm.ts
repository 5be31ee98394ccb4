/** What a row of the decision table is: an algorithm that says whether and how well it would run a problem, and then makes it so. */
import type { ErrorBound } from '@laxconv/api/backend';
import type { LoweredConv } from '../lower/lower.ts';

/** A part of a buffer on the device. */
export interface BufferRef {
  readonly bytes: number;
}

/** WGSL with entry point `main`; its buffers are @group(0) @binding(i), in order. */
export interface Shader {
  readonly name: string;
  readonly code: string;
}

/** One dispatch of a shader. */
export interface Dispatch {
  readonly shader: Shader;
  readonly buffers: readonly BufferRef[];
  readonly workgroups: readonly [number, number, number];
}

/** What a candidate gets to bind its weights. */
export interface Binding {
  readonly lhs: BufferRef;
  readonly rhs: BufferRef;
  readonly out: BufferRef;
  /** Shared by runs that do not overlap. */
  scratch(bytes: number): BufferRef;
  /** Parameters and tables. */
  constant(data: ArrayBufferView): BufferRef;
  /** Weights packed once, on the device, at bind. */
  packed(bytes: number, dispatches: (target: BufferRef) => readonly Dispatch[]): BufferRef;
}

/** A way to run one problem. */
export interface Candidate {
  readonly kernel: string;
  readonly errorBound: ErrorBound;
  /** Estimated microseconds of a run; the least is chosen. */
  readonly cost: number;
  readonly reason: string;
  bind(binding: Binding): readonly Dispatch[];
}

/** What is known of an adapter. */
export interface AdapterFacts {
  readonly isSoftware: boolean;
  /** The size of every subgroup; absent where the device has none, or where sizes vary. */
  readonly subgroupSize?: number;
  readonly maxBindingBytes: number;
  readonly maxWorkgroups: number;
}

/** A row of the decision table. */
export interface Algorithm {
  readonly name: string;
  /** How it would run the problem; or why it does not. */
  consider(lowered: LoweredConv, adapter: AdapterFacts): Candidate | string;
}
