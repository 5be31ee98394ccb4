/** The memory of a device tensor: a buffer, of the pool or the caller's. */
import {
  isDeviceTensor,
  refuse,
  sizeOf,
  zeros,
  type DeviceTensor,
  type LaxconvError,
  type OperandTensor,
  type Tensor,
  type TensorSpec,
} from '@laxconv/api/backend';
import { nextBufferId, type PooledBuffer } from '../device/buffer-pool.ts';
import { scoped } from '../device/error-scopes.ts';
import type { Gpu } from '../device/gpu.ts';
import { readback } from '../device/readback.ts';
import { storedBytes } from '../program/write-program.ts';

const TO_HOST = 'backend webgpu: toHost';

/** Whose memory it is, and whether that still is. */
export interface MemoryOwner {
  /** The backend: what DeviceTensor's `owner` is compared with. */
  readonly backend: object;
  readonly gpu: Gpu;
  /** Runs `work`, which the backend's end then waits for. */
  during<T>(op: string, work: () => Promise<T>): Promise<T>;
  /** @throws LaxconvRuntimeError (`instance/disposed`) after the backend's end was asked for */
  check(op: string): void;
}

/** What stands as `device` in a tensor of this backend. */
export class GpuMemory {
  readonly owner: object;
  readonly #owner: MemoryOwner;
  readonly #spec: TensorSpec;
  readonly #pooled: PooledBuffer;
  /** False for a caller's buffer, which goes back to the caller. */
  readonly #isOurs: boolean;
  #isFree = false;
  #failure: Promise<LaxconvError | undefined> | undefined;

  /** `failure`: what computing it will turn out to have failed with. */
  constructor(owner: MemoryOwner, spec: TensorSpec, buffer: PooledBuffer | GPUBuffer, failure?: Promise<LaxconvError | undefined>) {
    this.owner = owner.backend;
    this.#owner = owner;
    this.#spec = spec;
    this.#isOurs = 'id' in buffer;
    this.#pooled = 'id' in buffer ? buffer : { buffer, bytes: buffer.size, id: nextBufferId() };
    if (failure !== undefined) this.#failure = this.#outcomeOf(failure);
  }

  async #outcomeOf(failure: Promise<LaxconvError | undefined>): Promise<LaxconvError | undefined> {
    const error = await failure.catch((lost: LaxconvError) => lost);
    // A chain of tensors does not hold on to what is settled.
    if (error === undefined) this.#failure = undefined;
    return error;
  }

  /** The tensor whose memory this is. */
  get tensor(): DeviceTensor {
    const { shape, dtype } = this.#spec;
    return Object.freeze({ dtype, shape: Object.freeze([...shape]), device: this });
  }

  /** What has failed, or will turn out to have; undefined where nothing is open. */
  get failure(): Promise<LaxconvError | undefined> | undefined {
    return this.#failure;
  }

  /** @throws LaxconvError where a copy of the tensor says that it is something else: another dtype, or more or fewer elements */
  checkLabel(op: string, argument: string, { dtype, shape }: TensorSpec): void {
    const own = this.#spec;
    if (dtype === own.dtype && sizeOf(shape) === sizeOf(own.shape)) return;
    const rule = dtype === own.dtype ? 'tensor/length' : 'tensor/data-class';
    throw refuse(
      rule,
      `${argument} says ${dtype} of shape [${shape.join(', ')}], and its memory has ${own.dtype} of shape [${own.shape.join(', ')}]`,
      {
        op,
        argument,
        values: { expected: own, got: { dtype, shape } },
      },
    );
  }

  /** @throws LaxconvRuntimeError (`tensor/disposed`) after `free` */
  bufferFor(op: string, argument: string): PooledBuffer {
    if (this.#isFree) throw refuse('tensor/disposed', `${argument} has been disposed of`, { op, argument });
    return this.#pooled;
  }

  /** Copies it to the host. */
  read(): Promise<Tensor> {
    const { during, gpu } = this.#owner;
    return during(TO_HOST, async () => {
      gpu.loss.check(TO_HOST);
      this.bufferFor(TO_HOST, 't');
      const result = zeros(this.#spec.shape, this.#spec.dtype);
      if (storedBytes(this.#spec) === 0) return result;
      const reading = await readback(gpu, TO_HOST, storedBytes(this.#spec));
      let copied: Promise<LaxconvError | undefined>;
      try {
        // Freed while staging was looked for, its buffer may be another's by now.
        const { buffer } = this.bufferFor(TO_HOST, 't');
        // A caller's buffer may be destroyed, mapped or another device's: then nothing is copied, and staging holds what it held before.
        copied = scoped(gpu.device, TO_HOST, 'copying a tensor to the host', () => {
          const encoder = gpu.device.createCommandEncoder();
          // Freed from here on, it is read in the queue's order, before whoever has it next.
          reading.encode(encoder, buffer);
          gpu.device.queue.submit([encoder.finish()]);
        }).error;
      } catch (error) {
        reading.cancel();
        throw error;
      }
      const [computed, , late] = await Promise.all([this.#failure, reading.into(result.data), gpu.loss.guard(TO_HOST, copied)]);
      const error = computed ?? late;
      if (error !== undefined) throw error;
      return result;
    });
  }

  /** Gives the buffer back: to the pool, or to the caller. Idempotent. */
  free(): void {
    if (this.#isFree) return;
    this.#isFree = true;
    if (this.#isOurs) this.#owner.gpu.pool.give(this.#pooled);
  }
}

/**
 * The memory of an operand on the device; undefined for one in host memory.
 * @throws LaxconvValueError (`tensor/foreign`) for a tensor of another backend, and (`tensor/length`) for one with another number of elements
 *   than its memory; LaxconvTypeError (`tensor/data-class`) for one of another dtype
 */
export function memoryOf(op: string, argument: string, tensor: OperandTensor, owner: MemoryOwner): GpuMemory | undefined {
  if (!isDeviceTensor(tensor)) return undefined;
  const memory: unknown = tensor.device;
  if (memory instanceof GpuMemory && memory.owner === owner.backend) {
    memory.checkLabel(op, argument, tensor);
    return memory;
  }
  throw refuse('tensor/foreign', `${argument} lies on the device of another backend; bring it here by way of toHost`, { op, argument });
}
