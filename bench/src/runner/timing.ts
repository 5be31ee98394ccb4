/** One round of timing, with tinybench as the engine. */
import { Bench } from 'tinybench';

export interface RoundOptions {
  /** Go on for at least this long … */
  readonly minimumMs: number;
  /** … and at least this many samples. */
  readonly minimumSamples: number;
  readonly signal: AbortSignal;
}

/** A sample must last this long for the clock to measure it; shorter calls are timed in batches. */
const SHORTEST_SAMPLE_MS = 0.05;
/** Kept per round; beyond that a result file would be all samples of the smallest case. */
const MOST_SAMPLES = 200;

/** How many calls one sample is made of, from the time that warm calls take. Also warms `run` up. */
export async function chooseBatch(run: () => unknown, warmUpMs: number): Promise<number> {
  const started = performance.now();
  let calls = 0;
  let elapsed = 0;
  while (calls === 0 || (elapsed < warmUpMs && calls < 10_000)) {
    await run();
    calls++;
    elapsed = performance.now() - started;
  }
  return Math.max(1, Math.ceil((SHORTEST_SAMPLE_MS * calls) / elapsed));
}

/** The samples of one round, each the ms of one call. Null when the signal stopped it. */
export async function timeRound(run: () => unknown, batch: number, options: RoundOptions): Promise<number[] | null> {
  const bench = new Bench({
    time: options.minimumMs,
    iterations: options.minimumSamples,
    warmup: false,
    retainSamples: true,
    throws: true,
    signal: options.signal,
  });
  bench.add('round', async () => {
    for (let call = 0; call < batch; call++) {
      const result = run();
      // What is there at once is not waited for: the wait would be most of the time.
      if (result instanceof Promise) await result;
    }
  });
  const [task] = await bench.run();
  const { result } = task;
  if (options.signal.aborted || result.state !== 'completed') return null;
  return thin(result.latency.samples ?? []).map((sample) => sample / batch);
}

/** Evenly spaced ones of many sorted samples: their quantiles are the originals'. */
function thin(samples: readonly number[]): readonly number[] {
  if (samples.length <= MOST_SAMPLES) return samples;
  return Array.from({ length: MOST_SAMPLES }, (_, index) => samples[Math.round((index * (samples.length - 1)) / (MOST_SAMPLES - 1))]);
}
