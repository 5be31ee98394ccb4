/**
 * Buffers that are used again. What was returned is handed out at once, though the device may not be done with it: everything goes through
 * one queue, in order. What was not: idle buffers are bounded in bytes, the oldest are destroyed.
 */
import { isLaxconvError } from '@laxconv/api/backend';
import { scoped } from './error-scopes.ts';
import type { Loss } from './loss.ts';

/** A buffer of the pool, or somebody's that is used like one. */
export interface PooledBuffer {
  readonly buffer: GPUBuffer;
  /** At least the bytes that were asked for. */
  readonly bytes: number;
  /** Tells it from every other buffer of the process. */
  readonly id: number;
}

/** Bytes of idle buffers that are kept. */
const MOST_IDLE_BYTES = 256 * 2 ** 20;
const SMALLEST = 256;
/** Above it, sizes are rounded up to an eighth of a power of two. */
const STEPS = 8;

let ids = 0;

/** A number that no other buffer has. */
export function nextBufferId(): number {
  return ids++;
}

/** Buffers of one usage on one device. */
export class BufferPool {
  readonly #device: GPUDevice;
  readonly #loss: Loss;
  readonly #usage: number;
  readonly #all = new Set<PooledBuffer>();
  /** By size, each in the order of return. */
  readonly #idle = new Map<number, PooledBuffer[]>();
  #idleBytes = 0;

  constructor(device: GPUDevice, loss: Loss, usage: number) {
    this.#device = device;
    this.#loss = loss;
    this.#usage = usage;
  }

  /** Buffers that exist, idle ones included. */
  get count(): number {
    return this.#all.size;
  }

  /** An idle buffer of at least `bytes`, or undefined. Its contents are anything. */
  takeIdle(bytes: number): PooledBuffer | undefined {
    const size = sizeFor(bytes);
    const pooled = this.#idle.get(size)?.pop();
    if (pooled !== undefined) this.#idleBytes -= size;
    return pooled;
  }

  /**
   * A buffer of at least `bytes`, idle or new. Its contents are anything.
   * @throws LaxconvRuntimeError (`memory/exhausted`) where the device has no room, or (`backend/lost`) is gone
   */
  async take(op: string, bytes: number): Promise<PooledBuffer> {
    this.#loss.check(op);
    const idle = this.takeIdle(bytes);
    if (idle !== undefined) return idle;
    try {
      return await this.#make(op, bytes);
    } catch (error) {
      if (!isLaxconvError(error) || error.rule !== 'memory/exhausted' || this.#idleBytes === 0) throw error;
      this.#shrinkTo(0);
      return this.#make(op, bytes);
    }
  }

  /** Takes back what `take` gave. */
  give(pooled: PooledBuffer): void {
    if (!this.#all.has(pooled)) return;
    const idle = this.#idle.get(pooled.bytes) ?? [];
    idle.push(pooled);
    // The size that was used last is the last to shrink.
    this.#idle.delete(pooled.bytes);
    this.#idle.set(pooled.bytes, idle);
    this.#idleBytes += pooled.bytes;
    this.#shrinkTo(MOST_IDLE_BYTES);
  }

  /** Destroys every buffer, those in use too. */
  destroy(): void {
    for (const { buffer } of this.#all) buffer.destroy();
    this.#all.clear();
    this.#idle.clear();
    this.#idleBytes = 0;
  }

  async #make(op: string, bytes: number): Promise<PooledBuffer> {
    const size = sizeFor(bytes);
    const made = scoped(this.#device, op, `a buffer of ${size} bytes`, () =>
      this.#device.createBuffer({ label: 'laxconv', size, usage: this.#usage }),
    );
    try {
      const error = await this.#loss.guard(op, made.error);
      if (error !== undefined) throw error;
    } catch (error) {
      made.value.destroy();
      throw error;
    }
    const pooled = { buffer: made.value, bytes: size, id: nextBufferId() };
    this.#all.add(pooled);
    return pooled;
  }

  #shrinkTo(bytes: number): void {
    for (const [size, idle] of this.#idle) {
      while (this.#idleBytes > bytes && idle.length > 0) {
        const [pooled] = idle.splice(0, 1);
        this.#idleBytes -= size;
        this.#all.delete(pooled);
        pooled.buffer.destroy();
      }
      if (idle.length === 0) this.#idle.delete(size);
    }
  }
}

/** `bytes` rounded up to a size that few others differ from: at most an eighth is wasted. */
function sizeFor(bytes: number): number {
  if (bytes <= SMALLEST) return SMALLEST;
  const step = Math.max(SMALLEST, 2 ** Math.floor(Math.log2(bytes)) / STEPS);
  return Math.ceil(bytes / step) * step;
}
