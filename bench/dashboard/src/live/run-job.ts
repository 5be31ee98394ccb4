/** Runs the suite or the benchmark in this thread, a worker's or the page's; in the end there is the file that the command line would have written. */
import { runConformance, type RunResult } from '@laxconv/conformance';
import type { Backend } from '@laxconv/api/backend';
import { chooseCases } from '../../../src/cases/choose-cases.ts';
import type { BenchResult } from '../../../src/result/result.ts';
import { pause } from '../../../src/runner/pause.ts';
import { runBench } from '../../../src/runner/run-bench.ts';
import { pageBackend } from '../backends/page-backends.ts';
import { browserEnvironment } from './browser-environment.ts';
import { knownRefusals } from './known-refusals.ts';
import type { JobContext, LiveJob } from './live-job.ts';
import type { AnyResult } from './result-text.ts';

/** So often this thread's event loop goes on, if the test that runs lets it: a worker hears that it shall stop, a page paints. */
const LISTEN_EVERY_MS = 60;
/** And before each contender's turn; a time that is taken while a page paints would be none. */
const SETTLE_MS = 8;
/** Random runs for each property in a quick run. */
const QUICK_RUNS = 20;

/** The result of `job`. Rejects where nothing could be run. */
export async function runJob(job: LiveJob, context: JobContext): Promise<AnyResult> {
  return job.what === 'suite'
    ? { kind: 'conformance', result: await runSuite(job, context) }
    : { kind: 'bench', result: await runBenchmark(job, context) };
}

async function runSuite(
  { backend, quick }: Extract<LiveJob, { readonly what: 'suite' }>,
  { read, signal, tell }: JobContext,
): Promise<RunResult> {
  await pause(SETTLE_MS);
  let listened = performance.now();
  return runConformance({
    createBackend: pageBackend(backend).start,
    goldens: read,
    expectations: knownRefusals(backend),
    signal,
    ...(quick ? { quick, runs: QUICK_RUNS } : {}),
    onStart: (start) => tell({ type: 'start', start }),
    onResult: async (result) => {
      tell({ type: 'test', result });
      if (performance.now() - listened < LISTEN_EVERY_MS) return;
      await pause(0);
      listened = performance.now();
    },
  });
}

/** On all backends, interleaved. */
async function runBenchmark(
  { backends: names, commit }: Extract<LiveJob, { readonly what: 'benchmark' }>,
  { signal, tell }: JobContext,
): Promise<BenchResult> {
  const backends: Backend[] = [];
  try {
    for (const name of names) backends.push(await pageBackend(name).start());
    return await runBench({
      cases: chooseCases(false),
      backends,
      mode: 'quick',
      environment: browserEnvironment(commit),
      settleMs: SETTLE_MS,
      signal,
      onStep: (progress) => tell({ type: 'step', progress }),
      onCase: async (soFar) => tell({ type: 'case', soFar }),
    });
  } finally {
    await Promise.allSettled(backends.map((backend) => backend.dispose()));
  }
}
