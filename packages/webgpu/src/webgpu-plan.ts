/** A plan of the webgpu backend: the algorithm chosen for a problem; what it compiles serves all that is bound to it. */
import {
  checkOperand,
  hostOperand,
  Lifetime,
  type BoundConv,
  type ConvPlan,
  type ConvProblem,
  type ErrorBound,
  type OperandTensor,
} from '@laxconv/api/backend';
import type { PooledBuffer } from './device/buffer-pool.ts';
import { scoped } from './device/error-scopes.ts';
import { upload } from './device/upload.ts';
import { checkLimits } from './lower/limits.ts';
import { lower, type LoweredConv } from './lower/lower.ts';
import type { Algorithm } from './plan/algorithm.ts';
import { choose } from './plan/choose.ts';
import { Kept } from './program/kept.ts';
import { compileProgram, type Program } from './program/program.ts';
import { Recorder } from './program/recorder.ts';
import { storedBytes, writeProgram } from './program/write-program.ts';
import { memoryOf, type MemoryOwner } from './tensor/gpu-memory.ts';
import { WebgpuBound, type Weights } from './webgpu-bound.ts';

const BIND = 'backend webgpu: bindRhs';

/** How webgpu runs one problem. */
export class WebgpuPlan implements ConvPlan {
  readonly kernel: string;
  readonly errorBound: ErrorBound;
  readonly reasons: readonly string[];
  readonly #owner: MemoryOwner;
  readonly #lowered: LoweredConv;
  readonly #lifetime: Lifetime;
  /** Compiled with the first rhs, not before: `explain` needs no shader. */
  readonly #program: Kept<Program>;

  /**
   * `algorithms`: the rows of the decision table; tests leave some out.
   * @throws UnsupportedProblemError where WGSL has no such dtype, or something is too large
   */
  constructor(owner: MemoryOwner, problem: ConvProblem, parent: Lifetime, algorithms?: readonly Algorithm[]) {
    this.#owner = owner;
    this.#lowered = lower(problem);
    checkLimits(this.#lowered, owner.gpu.facts);
    const { candidate, reasons } = choose(this.#lowered, owner.gpu.facts, algorithms);
    this.kernel = candidate.kernel;
    this.errorBound = candidate.errorBound;
    this.reasons = reasons;
    this.#program = new Kept(() => {
      const { slots, dispatches } = writeProgram(problem, candidate);
      return compileProgram(owner.gpu, BIND, slots, dispatches);
    });
    this.#lifetime = new Lifetime('the plan', () => this.#free(), parent);
  }

  bindRhs(rhs: OperandTensor): Promise<BoundConv> {
    return this.#lifetime.during(BIND, async () => {
      const { gpu } = this.#owner;
      gpu.loss.check(BIND);
      checkOperand(BIND, 'rhs', rhs, this.#lowered.problem.rhs);
      memoryOf(BIND, 'rhs', rhs, this.#owner)?.bufferFor(BIND, 'rhs');
      const program = await this.#program.get();
      const weights = await this.#pack(program, rhs);
      const free = (): void => [...weights.rhs, ...weights.packed].forEach((buffer) => gpu.pool.give(buffer));
      try {
        const recorder = new Recorder(gpu.device, await program.steps.get(), program.cleared);
        const lifetime = new Lifetime('the bound convolution', free, this.#lifetime);
        return new WebgpuBound(this.#owner, this.#lowered.problem, this.kernel, program, weights, recorder, lifetime);
      } catch (error) {
        free();
        throw error;
      }
    });
  }

  dispose(): Promise<void> {
    return this.#lifetime.end();
  }

  /** Brings the rhs to the device and packs it there, in one submit. */
  async #pack(program: Program, rhs: OperandTensor): Promise<Weights> {
    const { gpu } = this.#owner;
    const { rhs: spec } = this.#lowered.problem;
    const bytes = storedBytes(spec);
    const [own, ...packed] = await gpu.take(BIND, [bytes, ...program.packedBytes]);
    try {
      const memory = memoryOf(BIND, 'rhs', rhs, this.#owner);
      let source: PooledBuffer = own;
      if (memory !== undefined) source = memory.bufferFor(BIND, 'rhs');
      else {
        // Its data may have gone away since.
        upload(gpu.device.queue, own.buffer, hostOperand(BIND, 'rhs', rhs, spec).data);
      }
      const { error } = scoped(gpu.device, BIND, `packing weights for kernel ${this.kernel}`, () => {
        const encoder = gpu.device.createCommandEncoder();
        new Recorder(gpu.device, program.packs).record(encoder, {
          lhs: [],
          rhs: [source],
          out: [],
          scratch: [],
          packed,
          constant: program.constants,
        });
        // The caller's tensor may change or be freed when it is bound.
        if (program.keepsRhs && memory !== undefined) {
          encoder.copyBufferToBuffer(source.buffer, 0, own.buffer, 0, Math.ceil(bytes / 4) * 4);
        }
        gpu.device.queue.submit([encoder.finish()]);
      });
      if (!program.keepsRhs) gpu.pool.give(own);
      const failure = Promise.all([memory?.failure, error]).then(([inherited, packing]) => inherited ?? packing);
      failure.catch(() => undefined);
      return { rhs: program.keepsRhs ? [own] : [], packed, failure };
    } catch (error) {
      for (const buffer of [own, ...packed]) gpu.pool.give(buffer);
      throw error;
    }
  }

  async #free(): Promise<void> {
    const program = await this.#program.current?.catch(() => undefined);
    for (const buffer of program?.constants ?? []) this.#owner.gpu.pool.give(buffer);
  }
}
