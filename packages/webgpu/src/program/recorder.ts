/** Writes steps into a command encoder. Bind groups are kept for the buffers that they were made of: the pool hands out the same ones again. */
import type { PooledBuffer } from '../device/buffer-pool.ts';
import type { Step } from './program.ts';
import { Slot, type SlotKind } from './slots.ts';

/** What is put in for the parts of a program. */
export type Filling = Readonly<Record<SlotKind, readonly PooledBuffer[]>>;

/** Combinations of buffers whose bind groups are kept. */
const MOST_KEPT = 8;

/** Records one list of steps, again and again. */
export class Recorder {
  readonly #device: GPUDevice;
  readonly #steps: readonly Step[];
  readonly #kept = new Map<string, readonly GPUBindGroup[]>();

  readonly #cleared: readonly number[];

  /** `cleared`: numbers of scratch buffers that are zeros when the steps begin. */
  constructor(device: GPUDevice, steps: readonly Step[], cleared: readonly number[] = []) {
    this.#device = device;
    this.#steps = steps;
    this.#cleared = cleared;
  }

  /** Adds the steps, one after the other, on the buffers of `filling`. */
  record(encoder: GPUCommandEncoder, filling: Filling): void {
    if (this.#steps.length === 0) return;
    const groups = this.#groupsOf(filling);
    for (const index of this.#cleared) encoder.clearBuffer(filling.scratch[index].buffer);
    const pass = encoder.beginComputePass();
    for (const [index, { pipeline, workgroups }] of this.#steps.entries()) {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, groups[index]);
      if (workgroups instanceof Slot) pass.dispatchWorkgroupsIndirect(filling[workgroups.kind][workgroups.index].buffer, 0);
      else pass.dispatchWorkgroups(...workgroups);
    }
    pass.end();
  }

  #groupsOf(filling: Filling): readonly GPUBindGroup[] {
    // Constants and packed weights are always the same.
    const key = [filling.lhs, filling.rhs, filling.out, filling.scratch].map((buffers) => buffers.map(({ id }) => id).join('.')).join(':');
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const made = this.#steps.map(({ pipeline, slots }) =>
      this.#device.createBindGroup({
        layout: pipeline.getBindGroupLayout(0),
        entries: slots.map(({ kind, index, bytes }, binding) => ({
          binding,
          resource: { buffer: filling[kind][index].buffer, size: Math.ceil(bytes / 4) * 4 },
        })),
      }),
    );
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(key, made);
    return made;
  }
}
