/** One cell across runs: how its time went from commit to commit. */
import type { BenchResult } from '../../../src/result/result.ts';
import { estimateMedian, type Estimate } from '../../../src/statistics/statistics.ts';
import { columnOf } from './speed-table.ts';

export interface HistoryPoint {
  readonly startedAt: string;
  readonly commit: string | null;
  readonly platform: string;
  readonly cpu: string;
  readonly median: Estimate;
}

/** The times of `column` on the case called `caseName`, the oldest first; runs in which it has none are left out. */
export function historyOf(runs: readonly BenchResult[], caseName: string, column: string): HistoryPoint[] {
  return runs.flatMap(({ startedAt, environment: { commit, platform, cpu }, cases }) => {
    const benchCase = cases.find(({ name }) => name === caseName);
    const result = benchCase?.results.find((candidate) => columnOf(benchCase, candidate) === column);
    return result?.status === 'measured' ? [{ startedAt, commit, platform, cpu, median: estimateMedian(result.rounds) }] : [];
  });
}
