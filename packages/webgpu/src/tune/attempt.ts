/** How tuning runs a candidate: on operands of its own, for real, with the time that a run takes until the device is idle. */
import {
  allocate,
  sizeOf,
  type ConvProblem,
  type DeviceTensor,
  type ErrorBound,
  type Lifetime,
  type Tensor,
  type TensorSpec,
} from '@laxconv/api/backend';
import type { Algorithm, Candidate } from '../plan/algorithm.ts';
import { direct } from '../plan/direct.ts';
import { GpuMemory, type MemoryOwner } from '../tensor/gpu-memory.ts';
import { sendToDevice } from '../tensor/send.ts';
import { WebgpuPlan } from '../webgpu-plan.ts';
import type { Trial } from './tune.ts';

const TUNING = 'backend webgpu: tuning';
/** Runs that are timed, and those before, which wake everything up. */
const RUNS = 5;
const WARM_UP = 2;
/** The largest magnitude of an operand's element. */
const LARGEST = 3;
const ROUNDOFF = 2 ** -24;

/** Runs candidates for one problem, and compares their results with the generic kernel's. */
export class Attempts {
  readonly #owner: MemoryOwner;
  readonly #problem: ConvProblem;
  readonly #lifetime: Lifetime;
  readonly #reductionLength: number;
  #expected: Promise<ArrayLike<number>> | undefined;

  constructor(owner: MemoryOwner, problem: ConvProblem, lifetime: Lifetime, reductionLength: number) {
    this.#owner = owner;
    this.#problem = problem;
    this.#lifetime = lifetime;
    this.#reductionLength = reductionLength;
  }

  /** Times and verifies `candidate`. */
  async attempt(candidate: Candidate): Promise<Trial> {
    const only: Algorithm = { name: 'tuning', readsInPlace: true, consider: () => candidate };
    const { values, microseconds } = await this.#run(only, WARM_UP, RUNS);
    const expected = await (this.#expected ??= this.#run(direct, 0, 1).then((run) => run.values));
    const allowed = this.#allowed(candidate.errorBound);
    let isRight = true;
    for (let at = 0; at < expected.length && isRight; at++) isRight = Math.abs(values[at] - expected[at]) <= allowed;
    return { microseconds, isRight };
  }

  /**
   * How far two right results may be apart. Σ|x·w|, and Σ_c max|x_c|·Σ|w_c| too, are at most so many products of the largest operands;
   * the generic kernel may be off as well.
   */
  #allowed(bound: ErrorBound): number {
    if (bound.kind === 'exact') return 0;
    const terms = this.#reductionLength;
    const gamma = (terms * ROUNDOFF) / (1 - terms * ROUNDOFF);
    // A complex operand has two such parts.
    return (bound.c + 3) * gamma * terms * 2 * LARGEST ** 2;
  }

  async #run(algorithm: Algorithm, warmUp: number, runs: number): Promise<{ values: ArrayLike<number>; microseconds: number }> {
    const { gpu } = this.#owner;
    const idle = (): Promise<unknown> => gpu.loss.guard(TUNING, gpu.device.queue.onSubmittedWorkDone());
    const plan = new WebgpuPlan(this.#owner, this.#problem, this.#lifetime, [algorithm]);
    try {
      const bound = await plan.bindRhs(operand(this.#problem.rhs, 2));
      const lhs = await sendToDevice(this.#owner, operand(this.#problem.lhs, 1));
      const times: number[] = [];
      let result: DeviceTensor | undefined;
      for (let run = 0; run < warmUp + runs; run++) {
        if (result !== undefined) memory(result).free();
        const start = performance.now();
        result = (await bound.run(lhs)) as DeviceTensor;
        await idle();
        if (run >= warmUp) times.push(performance.now() - start);
      }
      memory(lhs).free();
      if (result === undefined) throw new Error('nothing was run');
      const { data } = await memory(result).read();
      memory(result).free();
      return { values: data as ArrayLike<number>, microseconds: 1000 * Math.min(...times) };
    } finally {
      await plan.dispose();
    }
  }
}

function memory({ device }: DeviceTensor): GpuMemory {
  if (device instanceof GpuMemory) return device;
  throw new TypeError('tuning got a tensor of another backend');
}

/** Small integers by turns. */
function operand({ shape, dtype }: TensorSpec, seed: number): Tensor {
  const data = allocate(dtype, sizeOf(shape)) as unknown as { [index: number]: number; readonly length: number };
  for (let at = 0, state = seed; at < data.length; at++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    data[at] = ((state >> 16) % (2 * LARGEST + 1)) - LARGEST;
  }
  return { dtype, shape, data: data as never };
}
