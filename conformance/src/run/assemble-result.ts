/** Puts a run's result together. */
import type { BackendFacts, NotRun, Platform, RunResult, TestResult } from '../report/result.ts';
import { staleExpectations, totalsOf, type Judge } from './judge.ts';
import type { Shard } from './select-tests.ts';
import { SUITE_VERSION } from './version.ts';

export interface RunFacts {
  readonly backend: BackendFacts;
  readonly platform: Platform;
  readonly seed: number;
  readonly runs: number;
  readonly filter?: string | undefined;
  readonly shard?: Shard | undefined;
  readonly started: Date;
  readonly ms: number;
}

/** The result of a run: its facts, its tests, and whether all is as expected. */
export function assembleResult(facts: RunFacts, judge: Pick<Judge, 'expectations'>, tests: TestResult[], notRun: NotRun[]): RunResult {
  const { backend, platform, seed, runs, filter, shard, started, ms } = facts;
  const stale = staleExpectations(judge.expectations, tests, filter === undefined && shard === undefined);
  return {
    format: 1,
    suite: SUITE_VERSION,
    backend,
    platform,
    seed,
    runs,
    ...(filter === undefined ? {} : { filter }),
    ...(shard === undefined ? {} : { shard: `${shard.index}/${shard.count}` }),
    started: started.toISOString(),
    ms: Math.round(ms),
    tests,
    notRun,
    expectations: [...judge.expectations],
    staleExpectations: stale,
    totals: totalsOf(tests, notRun),
    ok: tests.length > 0 && tests.every(({ ok }) => ok) && notRun.length === 0 && stale.length === 0,
  };
}
