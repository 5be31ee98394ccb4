/** A run as data: dispatches of shaders on parts that buffers are put in for when it runs. */

/** A part that a dispatch reads or writes; which buffer it is, is known when the program runs. */
export interface BufferRef {
  readonly bytes: number;
}

/** Counts of workgroups along x, y and z. */
export type Workgroups = readonly [number, number, number];

/** WGSL with entry point `main`; its buffers are @group(0) @binding(i), in order. */
export interface Shader {
  readonly name: string;
  readonly code: string;
}

/** One dispatch of a shader. */
export interface Dispatch {
  readonly shader: Shader;
  readonly buffers: readonly BufferRef[];
  /** Or the part where dispatches before it write their counts: all 0, and it does nothing. */
  readonly workgroups: Workgroups | BufferRef;
}
