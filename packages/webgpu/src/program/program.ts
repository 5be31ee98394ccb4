/** A compiled program: steps with their pipelines, and the buffers of its constants. */
import type { PooledBuffer } from '../device/buffer-pool.ts';
import type { Gpu } from '../device/gpu.ts';
import { upload } from '../device/upload.ts';
import type { Dispatch, Workgroups } from './dispatch.ts';
import { Kept } from './kept.ts';
import { Slot, type Slots } from './slots.ts';

/** A dispatch, compiled. */
export interface Step {
  readonly pipeline: GPUComputePipeline;
  readonly slots: readonly Slot[];
  readonly workgroups: Workgroups | Slot;
}

/** What a plan has compiled, for all that is bound to it. */
export interface Program {
  /** Once for each rhs: fills the packed buffers. */
  readonly packs: readonly Step[];
  /** Each run; compiled by now, or soon. */
  readonly steps: Kept<readonly Step[]>;
  readonly scratchBytes: readonly number[];
  /** Numbers of the scratch buffers that a run clears before its steps. */
  readonly cleared: readonly number[];
  readonly packedBytes: readonly number[];
  readonly constants: readonly PooledBuffer[];
  /** Whether runs read the rhs itself, not only what was packed of it. */
  readonly keepsRhs: boolean;
}

/**
 * Compiles `dispatches`, with the constants and packings of `slots`. It waits for the packings alone, so that these can be submitted while
 * steps are compiled: lavapipe writes machine code when a shader first runs, and has that to do meanwhile.
 */
export async function compileProgram(gpu: Gpu, op: string, slots: Slots, dispatches: readonly Dispatch[]): Promise<Program> {
  const compile = ({ shader, buffers, workgroups }: Dispatch): Promise<Step> =>
    gpu.pipelines
      .pipelineOf(op, shader)
      .then((pipeline) => ({ pipeline, slots: buffers.map(slotOf), workgroups: 'bytes' in workgroups ? slotOf(workgroups) : workgroups }));
  const packing = Promise.all(slots.packs.map(compile));
  const steps = new Kept<readonly Step[]>(() => Promise.all(dispatches.map(compile)));
  void steps.get();
  const packs = await packing;
  const constants = await gpu.take(
    op,
    slots.constants.map(({ byteLength }) => byteLength),
  );
  for (const [index, { buffer }] of constants.entries()) upload(gpu.device.queue, buffer, slots.constants[index]);
  const keepsRhs = dispatches.some(({ buffers }) => buffers.some((buffer) => slotOf(buffer).kind === 'rhs'));
  return { packs, steps, scratchBytes: slots.scratchBytes, cleared: slots.cleared, packedBytes: slots.packedBytes, constants, keepsRhs };
}

function slotOf(ref: object): Slot {
  if (ref instanceof Slot) return ref;
  throw new TypeError('a dispatch names a buffer that its binding did not give');
}
