/** What the results come to: a test, or a convolution of ours that was verified before it was timed, is one that passed or failed. */
import type { BenchResult } from '../../../bench/src/index.ts';
import type { RunResult } from '../../../conformance/src/report/result.ts';

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  /** Refused, as expected. */
  readonly refused: number;
}

/** Of the suite: what did not run, which `tests` counts too, and an expectation that nothing bears out have failed. */
export function tallySuite({ totals, staleExpectations }: Pick<RunResult, 'totals' | 'staleExpectations'>): Tally {
  const { tests, ok, pass } = totals;
  return { passed: pass, failed: tests - ok + staleExpectations.length, refused: ok - pass };
}

/** Of the benchmark: what peers do wrong is theirs, and the backend that does nothing proves nothing. */
export function tallyBench({ cases, complete }: Pick<BenchResult, 'cases' | 'complete'>): Tally {
  const ours = cases.flatMap(({ results }) => results).filter(({ backend }) => backend === 'webgpu');
  const count = (...statuses: readonly string[]): number => ours.filter(({ status }) => statuses.includes(status)).length;
  return { passed: count('measured'), failed: count('wrong', 'failed', 'interrupted') + (complete ? 0 : 1), refused: count('unsupported') };
}

/** The closing line. */
export function closingLine(tallies: readonly Tally[]): string {
  const sum = (key: keyof Tally): number => tallies.reduce((total, tally) => total + tally[key], 0);
  const refused = sum('refused');
  return `${sum('passed')} passed, ${sum('failed')} failed${refused === 0 ? '' : ` (and ${refused} refused, as expected)`}`;
}
