/** A plan with its weights on the device: lhs in, one submit, the result out. */
import {
  checkOperand,
  checkOut,
  hostOperand,
  outOf,
  zeros,
  type BoundConv,
  type ConvProblem,
  type DeviceTensor,
  type LaxconvError,
  type Lifetime,
  type OperandTensor,
  type RunOptions,
  type Tensor,
} from '@laxconv/api/backend';
import type { PooledBuffer } from './device/buffer-pool.ts';
import { scoped } from './device/error-scopes.ts';
import { readback, type Readback } from './device/readback.ts';
import { upload } from './device/upload.ts';
import type { Program } from './program/program.ts';
import type { Recorder } from './program/recorder.ts';
import { storedBytes } from './program/write-program.ts';
import { GpuMemory, memoryOf, type MemoryOwner } from './tensor/gpu-memory.ts';

const RUN = 'backend webgpu: run';

/** The weights of a bound convolution. */
export interface Weights {
  /** The rhs itself, where runs read it. */
  readonly rhs: readonly PooledBuffer[];
  readonly packed: readonly PooledBuffer[];
  /** What packing will turn out to have failed with. */
  readonly failure: Promise<LaxconvError | undefined>;
}

/** The bound convolution that runs `program`. */
export class WebgpuBound implements BoundConv {
  readonly #owner: MemoryOwner;
  readonly #problem: ConvProblem;
  readonly #kernel: string;
  readonly #program: Program;
  readonly #weights: Weights;
  readonly #recorder: Recorder;
  readonly #lifetime: Lifetime;

  /** `recorder`: of the steps of `program`. */
  constructor(
    owner: MemoryOwner,
    problem: ConvProblem,
    kernel: string,
    program: Program,
    weights: Weights,
    recorder: Recorder,
    lifetime: Lifetime,
  ) {
    this.#owner = owner;
    this.#problem = problem;
    this.#kernel = kernel;
    this.#program = program;
    this.#weights = weights;
    this.#recorder = recorder;
    this.#lifetime = lifetime;
  }

  run(lhs: OperandTensor, options?: RunOptions): Promise<Tensor | DeviceTensor> {
    return this.#lifetime.during<Tensor | DeviceTensor>(RUN, () => {
      const out = outOf(RUN, options);
      const { gpu } = this.#owner;
      gpu.loss.check(RUN);
      checkOperand(RUN, 'lhs', lhs, this.#problem.lhs);
      if (out !== undefined) checkOut(RUN, out, this.#problem.out, { lhs });
      const memory = memoryOf(RUN, 'lhs', lhs, this.#owner);
      if (memory !== undefined && out === undefined) return this.#onDevice(memory);
      return this.#toHost(memory ?? (lhs as Tensor), out);
    });
  }

  dispose(): Promise<void> {
    return this.#lifetime.end();
  }

  async #onDevice(memory: GpuMemory): Promise<DeviceTensor> {
    const { gpu } = this.#owner;
    const { scratchBytes } = this.#program;
    // The operand may be freed while memory is looked for; then its buffer is somebody else's.
    const [out, ...scratch] = await gpu.take(RUN, [storedBytes(this.#problem.out), ...scratchBytes]);
    try {
      const failed = this.#submit(memory.bufferFor(RUN, 'lhs'), out, scratch);
      return new GpuMemory(this.#owner, this.#problem.out, out, firstOf(memory.failure, this.#weights.failure, failed)).tensor;
    } catch (error) {
      gpu.pool.give(out);
      throw error;
    } finally {
      for (const buffer of scratch) gpu.pool.give(buffer);
    }
  }

  async #toHost(lhs: Tensor | GpuMemory, given: Tensor | undefined): Promise<Tensor> {
    const { gpu } = this.#owner;
    const result = given ?? zeros(this.#problem.out.shape, this.#problem.out.dtype);
    const bytes = storedBytes(this.#problem.out);
    const isHere = lhs instanceof GpuMemory;
    const reading = await readback(gpu, RUN, bytes);
    let taken: PooledBuffer[] = [];
    let failed: Promise<LaxconvError | undefined>;
    try {
      taken = await gpu.take(RUN, [bytes, ...(isHere ? [] : [storedBytes(this.#problem.lhs)]), ...this.#program.scratchBytes]);
      const [out, ...rest] = taken;
      const [x, ...scratch] = isHere ? [lhs.bufferFor(RUN, 'lhs'), ...rest] : rest;
      if (!isHere) {
        // Its data may have gone away since.
        upload(gpu.device.queue, x.buffer, hostOperand(RUN, 'lhs', lhs, this.#problem.lhs).data);
      }
      failed = this.#submit(x, out, scratch, reading);
    } catch (error) {
      reading.cancel();
      throw error;
    } finally {
      // Handed on at once: whoever has them next comes later in the queue.
      for (const buffer of taken) gpu.pool.give(buffer);
    }
    const first = firstOf(isHere ? lhs.failure : undefined, this.#weights.failure, failed);
    const error = gpu.loss.guard(RUN, first);
    error.catch(() => undefined);
    await reading.into(result.data, () => {
      if (given !== undefined) checkOut(RUN, given, this.#problem.out, {});
    });
    const failure = await error;
    if (failure !== undefined) throw failure;
    return result;
  }

  #submit(lhs: PooledBuffer, out: PooledBuffer, scratch: readonly PooledBuffer[], reading?: Readback): Promise<LaxconvError | undefined> {
    const { device } = this.#owner.gpu;
    const { rhs, packed } = this.#weights;
    return scoped(device, RUN, `kernel ${this.#kernel}`, () => {
      const encoder = device.createCommandEncoder();
      this.#recorder.record(encoder, { lhs: [lhs], rhs, out: [out], scratch, packed, constant: this.#program.constants });
      reading?.encode(encoder, out.buffer);
      device.queue.submit([encoder.finish()]);
    }).error;
  }
}

/** The first of what has failed. */
async function firstOf(...failures: readonly (Promise<LaxconvError | undefined> | undefined)[]): Promise<LaxconvError | undefined> {
  const errors = await Promise.all(failures.filter((failure) => failure !== undefined));
  return errors.find((error) => error !== undefined);
}
