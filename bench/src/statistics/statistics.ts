/**
 * What is said of a set of timings: the median, and a bootstrap interval of it. Samples of one round share the machine's mood of that
 * moment, so the bootstrap draws whole rounds, not samples; and because the rounds of all implementations are interleaved, a ratio
 * draws the same rounds for both sides.
 */
import { randomFrom } from './random.ts';

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
  const values = bootstrap(rounds.length, seed, (drawn) => median(pool(rounds, drawn)));
  return {
    value: median(rounds.flat()),
    low: quantile(values, 0.025),
    high: quantile(values, 0.975),
  };
}

/**
 * How many times longer `rounds` took than `base`: the ratio of the medians. Both sides must have been timed in the same interleaved
 * rounds; only the rounds that both have count.
 */
export function estimateRatio(rounds: Rounds, base: Rounds, seed = 1): Estimate {
  const count = Math.min(rounds.length, base.length);
  const every = Array.from({ length: count }, (_, round) => round);
  const ratio = (drawn: readonly number[]): number => median(pool(rounds, drawn)) / median(pool(base, drawn));
  const values = bootstrap(count, seed, ratio);
  return { value: ratio(every), low: quantile(values, 0.025), high: quantile(values, 0.975) };
}

function pool(rounds: Rounds, drawn: readonly number[]): number[] {
  return drawn.flatMap((round) => rounds[round]);
}

/** `statistic` of RESAMPLES draws of `count` rounds, with replacement. */
function bootstrap(count: number, seed: number, statistic: (drawn: readonly number[]) => number): number[] {
  const random = randomFrom(seed);
  return Array.from({ length: count === 0 ? 0 : RESAMPLES }, () =>
    statistic(Array.from({ length: count }, () => Math.floor(random() * count))),
  );
}
