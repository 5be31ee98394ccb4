/** The samples of all rounds, sorted once, so that a bootstrap can take the median of thousands of draws of rounds in a walk each. */
import type { Rounds } from './statistics.ts';

export class RoundPool {
  readonly #values: Float64Array;
  /** The round that each value is of. */
  readonly #roundOf: Uint32Array;
  readonly #lengths: readonly number[];

  constructor(rounds: Rounds) {
    const tagged = rounds.flatMap((samples, round) => samples.map((value) => ({ value, round })));
    tagged.sort((a, b) => a.value - b.value);
    this.#values = Float64Array.from(tagged, ({ value }) => value);
    this.#roundOf = Uint32Array.from(tagged, ({ round }) => round);
    this.#lengths = rounds.map(({ length }) => length);
  }

  /** The median of the samples, those of round `r` taken `times[r]` times. NaN for no samples. */
  median(times: ArrayLike<number>): number {
    const total = this.#lengths.reduce((sum, length, round) => sum + length * times[round], 0);
    if (total === 0) return Number.NaN;
    const [low, high] = [(total - 1) >> 1, total >> 1];
    let seen = 0;
    let lower = Number.NaN;
    for (let at = 0; ; at++) {
      const before = seen;
      seen += times[this.#roundOf[at]];
      if (before <= low && low < seen) lower = this.#values[at];
      if (high < seen) return low === high ? lower : (lower + this.#values[at]) / 2;
    }
  }
}
