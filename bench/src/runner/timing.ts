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
/** One that is waited for must last longer: the wait has a cost and a grain of its own, about half a millisecond on a software adapter. */
const SHORTEST_DEVICE_SAMPLE_MS = 5;
/** Kept per round; beyond that a result file would be all samples of the smallest case. */
const MOST_SAMPLES = 200;
/** A warm-up ends here even if its time is not up. */
const MOST_WARM_UP_CALLS = 10_000;

/** How many calls one sample is made of, from the time that warm calls take. Also warms the contender up. */
export async function chooseBatch({ sample, onDevice = false }: Pick<Contender, 'sample' | 'onDevice'>, warmUpMs: number): Promise<number> {
  const shortestMs = onDevice ? SHORTEST_DEVICE_SAMPLE_MS : SHORTEST_SAMPLE_MS;
  const started = performance.now();
  let fastest = Infinity;
  for (let calls = 1, done = 0; done === 0 || (performance.now() - started < warmUpMs && done < MOST_WARM_UP_CALLS); done += calls) {
    fastest = Math.min(fastest, (await sample(calls)) / calls);
    // What is over before the clock has moved is called more often at once.
    calls = Math.min(1000, Math.max(1, Math.ceil(shortestMs / Math.max(fastest, 1e-5))));
  }
  return Math.max(1, Math.ceil(shortestMs / Math.max(fastest, 1e-5)));
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
