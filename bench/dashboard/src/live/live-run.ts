/** A run in this page, of the suite or of the benchmark: where it is, and in the end the file that the command line would have written. */
import { quickSubset, runConformance, openSuite, type ReadGolden, type RunResult, type TestResult } from '@laxconv/conformance';
import type { Backend } from '@laxconv/api/backend';
import { chooseCases } from '../../../src/cases/choose-cases.ts';
import type { BenchResult } from '../../../src/result/result.ts';
import { pause } from '../../../src/runner/pause.ts';
import { runBench } from '../../../src/runner/run-bench.ts';
import { threadsOf, type PageBackend } from '../backends/page-backends.ts';
import { browserEnvironment } from './browser-environment.ts';
import { knownRefusals } from './known-refusals.ts';
import { TimeLeft } from './time-left.ts';

/** Where a run is. */
export interface Progress {
  /** Of 0 to 1. */
  readonly fraction: number;
  /** What is being done, in words. */
  readonly what: string;
  /** In ms; null while nobody knows. */
  readonly left: number | null;
  /** Tests that did not end as they should, so far. */
  readonly failures: readonly TestResult[];
}

/** What a run is told, and whom it tells. */
export interface RunControls {
  readonly signal: AbortSignal;
  readonly tell: (progress: Progress) => void;
}

/** The page paints at least this often, if the test that runs lets it. */
const PAINT_EVERY_MS = 60;
/** The page may paint before each contender's turn; a time that is taken while it does would be none. */
const SETTLE_MS = 8;
/** Random runs for each property in a quick run. */
const QUICK_RUNS = 20;

/** How many tests the suite has, and how many of them the quick subset. */
export async function countTests(read: ReadGolden): Promise<{ readonly all: number; readonly quick: number }> {
  const { tests } = await openSuite(read);
  return { all: tests.length, quick: quickSubset(tests).length };
}

/** Runs the suite, or its quick subset, on a backend that is started for it. Rejects where nothing could be run. */
export async function runSuiteHere(
  { name, start }: PageBackend,
  read: ReadGolden,
  quick: boolean,
  { signal, tell }: RunControls,
): Promise<RunResult> {
  tell({ fraction: 0, what: `${name}: opening the suite`, left: null, failures: [] });
  await pause(SETTLE_MS);
  let timeLeft = new TimeLeft([]);
  let count = 0;
  let done = 0;
  let painted = performance.now();
  const failures: TestResult[] = [];
  const onResult = async (result: TestResult): Promise<void> => {
    done++;
    timeLeft.ended(result.id, result.ms);
    if (!result.ok) failures.push(result);
    if (performance.now() - painted < PAINT_EVERY_MS) return;
    tell({
      fraction: done / count,
      what: `${name}: test ${done.toLocaleString('en')} of ${count.toLocaleString('en')}`,
      left: timeLeft.estimate,
      failures: [...failures],
    });
    await pause(0);
    painted = performance.now();
  };
  return runConformance({
    createBackend: start,
    goldens: read,
    expectations: knownRefusals(name),
    signal,
    ...(quick ? { quick, runs: QUICK_RUNS } : {}),
    onStart: (ids) => {
      count = ids.length;
      timeLeft = new TimeLeft(ids);
    },
    onResult,
  });
}

/** Runs the quick cases of the benchmark on these backends, interleaved. Rejects where one does not start. */
export async function runBenchHere(
  chosen: readonly PageBackend[],
  commit: string | null,
  { signal, tell }: RunControls,
): Promise<BenchResult> {
  tell({ fraction: 0, what: 'starting the backends', left: null, failures: [] });
  const backends: Backend[] = [];
  try {
    for (const { start } of chosen) backends.push(await start());
    const started = performance.now();
    return await runBench({
      cases: chooseCases(false),
      backends,
      mode: 'quick',
      environment: browserEnvironment(commit),
      settleMs: SETTLE_MS,
      signal,
      onStep: ({ fraction, caseIndex, caseCount, what }) => {
        const left = ((performance.now() - started) * (1 - fraction)) / fraction;
        tell({ fraction, what: `case ${caseIndex + 1} of ${caseCount}: ${what}`, left, failures: [] });
      },
    });
  } finally {
    await Promise.allSettled(backends.map((backend) => backend.dispose()));
  }
}

/** On how many threads the backend would run here, and why. */
export async function threadsHere({ start }: PageBackend): Promise<string> {
  const backend = await start();
  try {
    return threadsOf(backend, location.protocol);
  } finally {
    await backend.dispose();
  }
}
