/** A device with what is kept on it: buffers, staging buffers, pipelines; and whether it is still there. */
import type { AcquiredDevice } from './acquire.ts';
import { factsOf, type AdapterFacts } from './adapter-facts.ts';
import { BufferPool, type PooledBuffer } from './buffer-pool.ts';
import { Loss } from './loss.ts';
import { PipelineCache } from './pipeline-cache.ts';
import { STORED, USAGE } from './usage.ts';

/** The device of one backend. */
export class Gpu {
  readonly device: GPUDevice;
  readonly info: GPUAdapterInfo | undefined;
  readonly facts: AdapterFacts;
  readonly loss: Loss;
  readonly pool: BufferPool;
  readonly staging: BufferPool;
  readonly pipelines: PipelineCache;
  readonly #isOwned: boolean;

  /** `facts`: what is said of the device; tests say something else. */
  constructor({ device, info, isOwned }: AcquiredDevice, facts: AdapterFacts = factsOf(device, info)) {
    this.device = device;
    this.info = info;
    this.facts = facts;
    this.loss = new Loss(device, this.facts.isSoftware);
    this.pool = new BufferPool(device, this.loss, STORED);
    this.staging = new BufferPool(device, this.loss, USAGE.MAP_READ | USAGE.COPY_DST);
    this.pipelines = new PipelineCache(device, this.loss);
    this.#isOwned = isOwned;
  }

  /** Several buffers of the pool; all or none. */
  async take(op: string, sizes: readonly number[]): Promise<PooledBuffer[]> {
    const taken: PooledBuffer[] = [];
    try {
      for (const bytes of sizes) taken.push(this.pool.takeIdle(bytes) ?? (await this.pool.take(op, bytes)));
      return taken;
    } catch (error) {
      for (const buffer of taken) this.pool.give(buffer);
      throw error;
    }
  }

  /** Frees everything, the device too where it is ours. */
  destroy(): void {
    this.pool.destroy();
    this.staging.destroy();
    if (this.#isOwned) this.device.destroy();
  }
}
