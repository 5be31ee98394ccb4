/** How tuning runs a candidate: on operands of its own, for real, with the time that a run takes until the device is idle. */
import {
  allocate,
  convGeometry,
  DTYPES,
  elementConverter,
  elementReader,
  sizeOf,
  type ConvProblem,
  type DType,
  type DeviceTensor,
  type ErrorBound,
  type Lifetime,
  type Tensor,
  type TensorSpec,
} from '@laxconv/api/backend';
import type { Algorithm, Candidate } from '../plan/algorithm.ts';
import { waysOf } from '../plan/as-stored.ts';
import { direct } from '../plan/direct.ts';
import { GpuMemory, type MemoryOwner } from '../tensor/gpu-memory.ts';
import { sendToDevice } from '../tensor/send.ts';
import { WebgpuPlan } from '../webgpu-plan.ts';
import type { Trial } from './tune.ts';

const TUNING = 'backend webgpu: tuning';
/** Samples of a candidate, and milliseconds of one: as many runs as take about so long, since waiting for a single one is part of its time. */
const SAMPLES = 4;
const SAMPLE = 10;
const MOST_RUNS = 20;
/** The largest magnitude of an operand's element. */
const LARGEST = 3;
const ROUNDOFF = 2 ** -24;
/** From one number of a narrow result to the next, of its size. */
const SPACING: Partial<Record<DType, number>> = { float16: 2 ** -10, bfloat16: 2 ** -7 };

/** The generic kernel between passes that convert: other code than what a candidate may convert with. */
const REFERENCE: Algorithm = { ...direct, consider: (lowered, adapter) => waysOf(direct, lowered, adapter)[0] };

/** Runs candidates for one problem, and compares their results with the generic kernel's. */
export class Attempts {
  readonly #owner: MemoryOwner;
  readonly #problem: ConvProblem;
  readonly #lifetime: Lifetime;
  readonly #reductionLength: number;
  #expected: Promise<ArrayLike<number>> | undefined;

  constructor(owner: MemoryOwner, problem: ConvProblem, lifetime: Lifetime) {
    this.#owner = owner;
    this.#problem = problem;
    this.#lifetime = lifetime;
    this.#reductionLength = convGeometry(problem).reductionLength;
  }

  /** Times and verifies `candidate`. */
  async attempt(candidate: Candidate): Promise<Trial> {
    const only: Algorithm = { name: 'tuning', readsInPlace: true, consider: () => candidate };
    const { values, microseconds } = await this.#run(only, true);
    const expected = await (this.#expected ??= this.#run(REFERENCE, false).then((run) => run.values));
    const allowed = this.#allowed(candidate.errorBound);
    let isRight = true;
    const spacing = SPACING[this.#problem.out.dtype] ?? 0;
    for (let at = 0; at < expected.length && isRight; at++) {
      const [value, right] = [values[at], expected[at]];
      isRight = value === right || (Number.isFinite(right) && Math.abs(value - right) <= allowed + spacing * Math.abs(right));
    }
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

  /** The result of `algorithm`, and what a run takes: that of one run, unless it is to be timed well. */
  async #run(algorithm: Algorithm, isTimed: boolean): Promise<{ values: ArrayLike<number>; microseconds: number }> {
    const { gpu } = this.#owner;
    const plan = new WebgpuPlan(this.#owner, this.#problem, this.#lifetime, [algorithm]);
    let lhs: DeviceTensor | undefined;
    let result: DeviceTensor | undefined;
    try {
      const bound = await plan.bindRhs(operand(this.#problem.rhs, 2));
      lhs = await sendToDevice(this.#owner, operand(this.#problem.lhs, 1));
      const time = async (runs: number): Promise<number> => {
        const start = performance.now();
        for (let run = 0; run < runs; run++) {
          if (result !== undefined) memory(result).free();
          result = (await bound.run(lhs as DeviceTensor)) as DeviceTensor;
        }
        await gpu.loss.guard(TUNING, gpu.device.queue.onSubmittedWorkDone());
        return (performance.now() - start) / runs;
      };
      // The first run wakes everything up.
      let milliseconds = await time(1);
      if (isTimed) {
        const runs = Math.max(1, Math.min(MOST_RUNS, Math.ceil(SAMPLE / (await time(1)))));
        const samples: number[] = [];
        while (samples.length < SAMPLES) samples.push(await time(runs));
        milliseconds = Math.min(...samples);
      }
      const { data } = await memory(result as unknown as DeviceTensor).read();
      const read = elementReader(this.#problem.out.dtype);
      return { values: Float64Array.from(data as ArrayLike<number>, (_, at) => Number(read(data, at))), microseconds: 1000 * milliseconds };
    } finally {
      for (const tensor of [lhs, result]) if (tensor !== undefined) memory(tensor).free();
      await plan.dispose();
    }
  }
}

function memory({ device }: DeviceTensor): GpuMemory {
  if (device instanceof GpuMemory) return device;
  throw new TypeError('tuning got a tensor of another backend');
}

/** Small integers by turns, not negative where there is no sign. */
function operand({ shape, dtype }: TensorSpec, seed: number): Tensor {
  const data = allocate(dtype, sizeOf(shape));
  const { kind } = DTYPES[dtype];
  const convert = elementConverter('int32', kind === 'complex' ? 'float32' : dtype);
  const least = kind === 'uint' ? 0 : -LARGEST;
  for (let at = 0, state = seed; at < data.length; at++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    data[at] = convert(((state >> 16) % (LARGEST - least + 1)) + least) as never;
  }
  return { dtype, shape, data };
}
