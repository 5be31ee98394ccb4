/**
 * What is said of a set of timings: the median, and a bootstrap interval of it. Samples of one round share the machine's mood of that
 * moment, so the bootstrap draws whole rounds, not samples; and because the rounds of all implementations are interleaved, a ratio
 * draws the same rounds for both sides.
 */
import { randomFrom } from './random.ts';
import { RoundPool } from './round-pool.ts';

/** Samples in ms, one list per round. */
export type Rounds = readonly (readonly number[])[];

/** An estimate with the interval that holds 95 % of its bootstrap values. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 1000;

/** The middle value; the mean of the two middle ones where their number is even. NaN for no samples. */
export function median(samples: readonly number[]): number {
  if (samples.length === 0) return Number.NaN;
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The value below which a fraction `q` of the samples lies, linearly interpolated. */
export function quantile(samples: readonly number[], q: number): number {
  if (samples.length === 0) return Number.NaN;
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (sorted.length - 1) * q;
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (at - below);
}

/** The median of all samples, with its interval over resampled rounds. */
export function estimateMedian(rounds: Rounds, seed = 1): Estimate {
  const pool = new RoundPool(rounds);
  return estimate(rounds.length, seed, ([times]) => pool.median(times));
}

/**
 * How many times longer `rounds` took than `base`: the ratio of the medians. Both sides must have been timed in the same interleaved
 * rounds; only the rounds that both have count.
 */
export function estimateRatio(rounds: Rounds, base: Rounds, seed = 1): Estimate {
  const count = Math.min(rounds.length, base.length);
  const [own, other] = [new RoundPool(rounds.slice(0, count)), new RoundPool(base.slice(0, count))];
  return estimate(count, seed, ([times]) => own.median(times) / other.median(times));
}

/** The same for two runs that know nothing of each other: each side's rounds are drawn by themselves. */
export function estimateChange(rounds: Rounds, before: Rounds, seed = 1): Estimate {
  const [own, other] = [new RoundPool(rounds), new RoundPool(before)];
  return estimate([rounds.length, before.length], seed, ([times, timesBefore]) => own.median(times) / other.median(timesBefore));
}

/** e to the mean of the logarithms; NaN for no values. */
export function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

/** How often each round was drawn, for each of the things that are drawn. */
type Draw = readonly Uint32Array[];

/** `statistic` of every round once, and the interval of it over RESAMPLES draws, with replacement, of `counts` rounds. */
function estimate(counts: number | readonly number[], seed: number, statistic: (drawn: Draw) => number): Estimate {
  const random = randomFrom(seed);
  const drawn = [counts].flat().map((count) => new Uint32Array(count));
  const values = Array.from({ length: drawn.every(({ length }) => length > 0) ? RESAMPLES : 0 }, () => {
    for (const times of drawn) {
      times.fill(0);
      for (let draw = 0; draw < times.length; draw++) times[Math.floor(random() * times.length)]++;
    }
    return statistic(drawn);
  });
  for (const times of drawn) times.fill(1);
  return { value: statistic(drawn), low: quantile(values, 0.025), high: quantile(values, 0.975) };
}
