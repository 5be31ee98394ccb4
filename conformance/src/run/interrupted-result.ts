/** The result of a run that another thread had to end: what it had told until then, and the rest as not run. */
import type { ExpectationMatches, RunResult, TestResult } from '../report/result.ts';
import { assembleResult, type RunFacts } from './assemble-result.ts';

/** What a run has settled before its first test. Plain data, which another thread can be told. */
export interface RunStart extends Omit<RunFacts, 'ms'> {
  /** The tests that it will run, in this order. */
  readonly ids: readonly string[];
  readonly expectations: readonly ExpectationMatches[];
}

/** Why a test did not run. */
export const INTERRUPTED = 'the run was interrupted before it';

/**
 * The result of a run that was ended from outside after `tests`, in `ms`. The test that was at work stands as not run, `atWork` says why,
 * and those behind it were interrupted, so it is not ok; unless all had ended and only the backend's end did not come.
 */
export function interruptedResult(
  { ids, expectations, ...facts }: RunStart,
  tests: readonly TestResult[],
  ms: number,
  atWork: string,
): RunResult {
  const ended = new Set(tests.map(({ id }) => id));
  const missing = ids.filter((id) => !ended.has(id));
  const notRun = missing.map((id, index) => ({ id, reason: index === 0 ? atWork : INTERRUPTED }));
  return assembleResult({ ...facts, ms }, { expectations }, [...tests], notRun);
}
