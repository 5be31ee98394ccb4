/** `runConformance`: the suite on a backend, in this process. */
import type { Backend } from '@laxconv/api/backend';
import type { Expectation } from '../expectations/expectations.ts';
import type { NotRun, RunResult, TestResult } from '../report/result.ts';
import type { ReadGolden } from '../suite/goldens-folder.ts';
import { openSuite } from '../suite/open-suite.ts';
import { assembleResult } from './assemble-result.ts';
import { CannotRun } from './cannot-run.ts';
import { messageOf } from '../suite/message-of.ts';
import { DEFAULTS } from './defaults.ts';
import { INTERRUPTED, type RunStart } from './interrupted-result.ts';
import { Judge } from './judge.ts';
import { platform } from './platform.ts';
import { runTest } from './run-test.ts';
import { parseShard, selectTests } from './select-tests.ts';

/** How the backend is made: anew, for each run and for tests that dispose of one. */
export type CreateBackend = () => Promise<Backend>;

/** What to run, on which backend, and how. */
export interface ConformanceOptions {
  /** Makes the backend under test; the run disposes of what it makes. */
  readonly createBackend?: CreateBackend | undefined;
  /**
   * The backend under test, where there is no `createBackend`; who made it disposes of it. Tests that need one of their own (those of
   * `dispose`) are then listed as not run, and the result is not ok.
   */
  readonly backend?: Backend | undefined;
  readonly expectations?: readonly Expectation[] | undefined;
  /** Folder (a path, or in a browser a URL) of the goldens, or what reads one of their files; default: those that come with the package. */
  readonly goldens?: string | ReadGolden | undefined;
  /** A test id with `*` at any place. */
  readonly filter?: string | undefined;
  /** `I/N` */
  readonly shard?: string | undefined;
  /** Only the quick subset: of the goldens one for every function × dtype × family × outcome, and all other tests. */
  readonly quick?: boolean | undefined;
  readonly seed?: number | undefined;
  /** Random runs for each property. */
  readonly runs?: number | undefined;
  /** Seconds per test. In this process only a test that yields can be given up; the command line kills. */
  readonly timeout?: number | undefined;
  /** Once aborted, what has not run yet is listed as not run, and the result is not ok. */
  readonly signal?: AbortSignal | undefined;
  /** Called once the backend has started, with what will run: `interruptedResult` makes a result of it, should the run have to be ended. */
  readonly onStart?: ((start: RunStart) => void) | undefined;
  /** Called after each test, and awaited: a page paints in here. */
  readonly onResult?: ((result: TestResult) => unknown) | undefined;
}

/**
 * Runs the suite on a backend, in this process.
 * @throws CannotRun when nothing could be run: the backend cannot start, the goldens cannot be read, no test matches.
 * @example
 * const result = await runConformance({ createBackend });
 * if (!result.ok) console.error(result.tests.filter((test) => !test.ok));
 */
export async function runConformance(options: ConformanceOptions): Promise<RunResult> {
  const shard = options.shard === undefined ? undefined : parseShard(options.shard);
  const { filter, quick, signal } = options;
  const { tests } = await openSuite(options.goldens);
  const selected = selectTests(tests, { filter, shard, quick });
  const judge = new Judge(
    options.expectations ?? [],
    tests.map(({ id }) => id),
  );
  const backend = options.backend ?? (await start(options.createBackend));
  const { seed = DEFAULTS.seed, runs = DEFAULTS.runs, timeout = DEFAULTS.timeout } = options;
  const clock = performance.now();
  const facts = {
    started: new Date(),
    backend: { name: backend.name, info: { ...backend.info } },
    platform: platform(),
    seed,
    runs,
    filter,
    shard,
    quick,
  };
  const context = { backend, createBackend: options.createBackend ?? noSecondBackend, seed, runs };
  const results: TestResult[] = [];
  const notRun: NotRun[] = [];
  options.onStart?.({ ...facts, ids: selected.map(({ id }) => id), expectations: judge.expectations });
  try {
    for (const test of selected) {
      if (signal?.aborted === true) {
        notRun.push({ id: test.id, reason: INTERRUPTED });
        continue;
      }
      const outcome = await runTest(test, context, timeout * 1000);
      if (outcome.message === NO_SECOND_BACKEND) {
        notRun.push({ id: test.id, reason: NO_SECOND_BACKEND });
        continue;
      }
      const result = judge.result(outcome);
      results.push(result);
      await options.onResult?.(result);
    }
  } finally {
    if (options.backend === undefined) await backend.dispose();
  }
  return assembleResult({ ...facts, ms: performance.now() - clock }, judge, results, notRun);
}

const NO_SECOND_BACKEND = 'it needs a backend of its own, and the run was given no createBackend';

function noSecondBackend(): Promise<Backend> {
  return Promise.reject(new CannotRun(NO_SECOND_BACKEND));
}

async function start(createBackend: CreateBackend | undefined): Promise<Backend> {
  if (createBackend === undefined) throw new CannotRun('runConformance needs createBackend, or a backend');
  try {
    return await createBackend();
  } catch (error) {
    throw new CannotRun(`the backend cannot start: ${messageOf(error)}`, error);
  }
}
