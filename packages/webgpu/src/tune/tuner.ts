/** The decision table for one problem that was or is tuned: a single row, the kernel that was found fastest. */
import type { ConvProblem, Lifetime } from '@laxconv/api/backend';
import { lower } from '../lower/lower.ts';
import type { Algorithm, Candidate } from '../plan/algorithm.ts';
import { waysOf } from '../plan/as-stored.ts';
import { ALGORITHMS } from '../plan/choose.ts';
import { gemmIn } from '../plan/gemm.ts';
import { gemmTileVariants } from '../plan/gemm-tile.ts';
import { BLOCKS, linesIn } from '../plan/lines.ts';
import type { MemoryOwner } from '../tensor/gpu-memory.ts';
import { Attempts } from './attempt.ts';
import { tune } from './tune.ts';
import type { Tunings } from './tunings.ts';

/** Tunes problems on one backend, one after the other: those at once would time each other. */
export class Tuner {
  readonly #owner: MemoryOwner;
  readonly #lifetime: Lifetime;
  readonly #tunings: Tunings;
  readonly #isOn: boolean;
  #last: Promise<unknown> = Promise.resolve();

  /** `isOn`: what `tunings` does not know is tried out. */
  constructor(owner: MemoryOwner, lifetime: Lifetime, tunings: Tunings, isOn: boolean) {
    this.#owner = owner;
    this.#lifetime = lifetime;
    this.#tunings = tunings;
    this.#isOn = isOn;
  }

  /** The row for `problem`; undefined where there is none, and the model decides. */
  async algorithmsFor(problem: ConvProblem): Promise<readonly Algorithm[] | undefined> {
    const known = this.#known(problem);
    if (known !== undefined || !this.#isOn) return known;
    // It may be known by its turn.
    const turn = this.#last.then(() => this.#known(problem) ?? this.#found(problem));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** What an earlier tuning found. */
  #known(problem: ConvProblem): readonly Algorithm[] | undefined {
    const kernel = this.#tunings.kernelFor(problem);
    if (kernel === undefined) return undefined;
    const known = this.#waysOf(problem)
      .flat()
      .find((candidate) => candidate.kernel === kernel);
    return known === undefined ? undefined : [rowOf(known, ['found by an earlier tuning'])];
  }

  /** What is found now. */
  async #found(problem: ConvProblem): Promise<readonly Algorithm[] | undefined> {
    const attempts = new Attempts(this.#owner, problem, this.#lifetime);
    const tuned = await tune(this.#waysOf(problem).flatMap(cheapestWays), (candidate) => attempts.attempt(candidate));
    if (tuned === undefined) return undefined;
    this.#tunings.keep(problem, tuned.candidate.kernel);
    return [rowOf(tuned.candidate, tuned.reasons)];
  }

  /** All that can run `problem`: of every algorithm and tile, the ways to convert around it. None where only one algorithm can. */
  #waysOf(problem: ConvProblem): (readonly Candidate[])[] {
    const lowered = lower(problem);
    if (lowered.wild !== undefined) return [];
    const { facts } = this.#owner.gpu;
    const tiles = gemmTileVariants(facts).map((tile) => gemmIn(() => [tile]));
    const algorithms = [...ALGORITHMS, ...tiles, ...BLOCKS.map((block) => linesIn([block]))];
    return algorithms.map((algorithm) => waysOf(algorithm, lowered, facts).filter((offer) => typeof offer !== 'string'));
  }
}

/** Of the ways to convert around a kernel: were all of them tried, other kernels would not be. */
function cheapestWays(ways: readonly Candidate[]): readonly Candidate[] {
  return ways.toSorted((a, b) => a.cost - b.cost).slice(0, 2);
}

function rowOf(candidate: Candidate, reasons: readonly string[]): Algorithm {
  return { name: 'tuned', consider: () => ({ ...candidate, reason: [candidate.reason, ...reasons].join('; ') }) };
}
