/** Puts a run's result together. */
import type { BackendFacts, NotRun, Platform, RunResult, TestResult } from '../report/result.ts';
import { closing, type Judge } from './judge.ts';
import { isWhole, type Selection } from './select-tests.ts';
import { SUITE_VERSION } from './version.ts';

/** What a run was told, and when and where it ran. */
export interface RunFacts extends Selection {
  readonly backend: BackendFacts;
  readonly platform: Platform;
  readonly seed: number;
  readonly runs: number;
  readonly started: Date;
  readonly ms: number;
}

/** The result of a run: its facts, its tests, and whether all is as expected. */
export function assembleResult(facts: RunFacts, judge: Pick<Judge, 'expectations'>, tests: TestResult[], notRun: NotRun[]): RunResult {
  const { backend, platform, seed, runs, filter, shard, quick = false, started, ms } = facts;
  return {
    format: 1,
    suite: SUITE_VERSION,
    backend,
    platform,
    seed,
    runs,
    ...(quick ? { quick } : {}),
    ...(filter === undefined ? {} : { filter }),
    ...(shard === undefined ? {} : { shard: `${shard.index}/${shard.count}` }),
    started: started.toISOString(),
    ms: Math.round(ms),
    tests,
    notRun,
    expectations: [...judge.expectations],
    ...closing(judge.expectations, tests, notRun, isWhole(facts)),
  };
}
