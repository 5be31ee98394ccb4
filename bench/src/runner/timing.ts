/** One round of timing, with tinybench as the engine. */
import { Bench } from 'tinybench';
import type { Contender } from './contender.ts';
import type { Sample } from './timed.ts';

export interface RoundOptions {
  /** Go on for at least this long … */
  readonly minimumMs: number;
  /** … and at least this many samples. */
  readonly minimumSamples: number;
  readonly signal: AbortSignal;
}

/** A sample must last this long for the clock to measure it; shorter calls are timed in batches. */
const SHORTEST_SAMPLE_MS = 0.05;
/** And so many steps of the clock: browsers make theirs coarse, by up to 0.1 ms where the page is not isolated. */
const CLOCK_STEPS = 50;
/** A warm-up call that took fewer steps than this says nothing about how long it took. */
const FEWEST_STEPS = 5;
/** One that is waited for must last longer: the wait has a cost and a grain of its own, about half a millisecond on a software adapter. */
const SHORTEST_DEVICE_SAMPLE_MS = 5;
/** Kept per round, the median among them; beyond that a result file, and a page that shows it, would be all samples of the smallest case. */
const MOST_SAMPLES = 51;
/** A warm-up ends here even if its time is not up. */
const MOST_WARM_UP_CALLS = 10_000;

/** How many calls one sample is made of, from the time that warm calls take. Also warms the contender up. */
export async function chooseBatch({ sample, onDevice = false }: Pick<Contender, 'sample' | 'onDevice'>, warmUpMs: number): Promise<number> {
  const shortestMs = onDevice ? SHORTEST_DEVICE_SAMPLE_MS : SHORTEST_SAMPLE_MS;
  const started = performance.now();
  const shortest = Math.max(shortestMs, CLOCK_STEPS * clockStep());
  let fastest = Infinity;
  const wanted = (): number => Math.max(1, Math.ceil(shortest / Math.max(fastest, 1e-5)));
  const isMeasured = (): boolean => fastest < Infinity;
  for (let calls = 1, done = 0; done < MOST_WARM_UP_CALLS;) {
    const ms = await sample(calls);
    done += calls;
    if (ms >= FEWEST_STEPS * clockStep()) fastest = Math.min(fastest, ms / calls);
    if (isMeasured() && performance.now() - started >= warmUpMs) break;
    // What is over before the clock has moved is called more often at once.
    calls = Math.min(1000, isMeasured() ? wanted() : 2 * calls);
  }
  return isMeasured() ? wanted() : MOST_WARM_UP_CALLS;
}

let knownStep: number | undefined;

/** So often is the clock read until it moves: ten times what a step of 0.1 ms needs. A clock that stands still has no step. */
const MOST_READINGS = 20_000;

/** The least difference between two times of this process's clock, in ms. */
function clockStep(): number {
  if (knownStep !== undefined) return knownStep;
  let step = Infinity;
  for (let change = 0; change < 5; change++) {
    const before = performance.now();
    let now = before;
    for (let reading = 0; now === before && reading < MOST_READINGS; reading++) now = performance.now();
    step = Math.min(step, now - before);
  }
  knownStep = step;
  return step;
}

/** The samples of one round, each the ms of one call. Null when the signal stopped it. */
export async function timeRound(sample: Sample, batch: number, options: RoundOptions): Promise<number[] | null> {
  const bench = new Bench({
    time: options.minimumMs,
    iterations: options.minimumSamples,
    warmup: false,
    retainSamples: true,
    throws: true,
    signal: options.signal,
  });
  bench.add('round', async () => ({ overriddenDuration: await sample(batch) }), { async: true });
  const [task] = await bench.run();
  const { result } = task;
  if (options.signal.aborted || result.state !== 'completed') return null;
  return thin(result.latency.samples ?? []).map((total) => total / batch);
}

/** Evenly spaced ones of many sorted samples: their quantiles are the originals'. */
function thin(samples: readonly number[]): readonly number[] {
  if (samples.length <= MOST_SAMPLES) return samples;
  return Array.from({ length: MOST_SAMPLES }, (_, index) => samples[Math.round((index * (samples.length - 1)) / (MOST_SAMPLES - 1))]);
}
