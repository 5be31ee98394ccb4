/** For the tests: convolutions of many shapes and dtypes, prepared, run and disposed of at random, by a seed. */
import type { BoundConv, ConvPlan, ConvProblem, DType, Lifetime, Tensor } from '@laxconv/api/backend';
import { zeros } from '@laxconv/api/backend';
import { integers, problemOf } from './convolve.test.fixture.ts';
import type { Machine } from './program/machine.ts';
import { WasmPlan } from './wasm-plan.ts';

/** Whole numbers below `limit`, by a seed. */
export function randomly(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

const DTYPES: readonly DType[] = ['float32', 'float32', 'float64', 'float16', 'int8', 'int32', 'int64', 'complex64', 'bool'];

function randomProblem(random: (limit: number) => number): ConvProblem {
  const rank = random(3);
  const groups = 1 + random(3);
  const [features, columns] = [1 + random(9), 1 + random(9)];
  const sizes = Array.from({ length: rank }, () => 3 + random(14));
  const kernel = Array.from({ length: rank }, () => 1 + random(3));
  return problemOf(
    [1 + random(2), groups * features, ...sizes],
    [groups * columns, features, ...kernel],
    sizes.map(() => 1 + random(2)),
    'SAME',
    { featureGroupCount: groups },
    DTYPES[random(DTYPES.length)],
  );
}

interface Live {
  readonly plan: ConvPlan;
  readonly bound: BoundConv;
  readonly lhs: Tensor;
  readonly out: Tensor;
}

/** Keeps up to `most` convolutions alive, and with each step makes, runs (most often) or disposes of one. */
export class MixedRuns {
  readonly #machine: Machine;
  readonly #lifetime: Lifetime;
  readonly #random: (limit: number) => number;
  readonly #most: number;
  readonly #live: Live[] = [];

  constructor(machine: Machine, lifetime: Lifetime, seed: number, most: number) {
    this.#machine = machine;
    this.#lifetime = lifetime;
    this.#random = randomly(seed);
    this.#most = most;
  }

  async step(): Promise<void> {
    const random = this.#random;
    if (this.#live.length === 0 || (random(6) === 0 && this.#live.length < this.#most)) {
      this.#live.push(await this.#made());
    } else if (random(16) === 0) await this.#dispose(random(this.#live.length));
    else {
      const { bound, lhs, out } = this.#live[random(this.#live.length)];
      await bound.run(lhs, random(2) === 0 ? { out } : {});
    }
  }

  async end(): Promise<void> {
    while (this.#live.length > 0) await this.#dispose(0);
  }

  async #made(): Promise<Live> {
    const problem = randomProblem(this.#random);
    const plan = new WasmPlan(this.#machine, problem, this.#lifetime);
    const bound = await plan.bindRhs(integers(problem.rhs.shape, problem.rhs.dtype, 3));
    return { plan, bound, lhs: integers(problem.lhs.shape, problem.lhs.dtype, 4), out: zeros(problem.out.shape, problem.out.dtype) };
  }

  async #dispose(index: number): Promise<void> {
    const [{ plan, bound }] = this.#live.splice(index, 1);
    if (this.#random(2) === 0) await bound.dispose();
    await plan.dispose();
  }
}
