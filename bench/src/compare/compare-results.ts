/** What changed between two runs of the benchmark: every result that both have, and whether the change is more than noise. */
import type { BenchCaseResult, BenchResult, ImplementationResult } from '../result/result.ts';
import { estimateChange, type Estimate } from '../statistics/statistics.ts';

/** `slower` and `faster`: the whole interval lies beyond the threshold. `broken`: it had a time and is wrong or failed now. */
export type Change = 'slower' | 'faster' | 'same' | 'broken' | 'mended' | 'gone' | 'new';

export interface Comparison {
  readonly case: string;
  readonly implementation: string;
  readonly change: Change;
  /** New time ÷ old time; null where one of them has none. */
  readonly ratio: Estimate | null;
  /** What the new one is, where it has no time. */
  readonly reason: string | null;
}

/**
 * Compares by case and implementation. Two runs are not interleaved: what the machine did between them is in the ratio and in no
 * interval, so a change below `threshold` (0.05: five per cent) is never called one.
 */
export function compareResults(before: BenchResult, after: BenchResult, threshold: number): Comparison[] {
  const names = unique([...before.cases, ...after.cases].map(({ name }) => name));
  return names.flatMap((name) => {
    const [old, now] = [before, after].map(({ cases }) => cases.find((candidate) => candidate.name === name));
    // A case that was not run at all in one of them says nothing.
    if (old === undefined || now === undefined) return [];
    return unique([...old.results, ...now.results].map(({ implementation }) => implementation)).map((implementation) => ({
      case: name,
      implementation,
      ...changeOf(resultOf(old, implementation), resultOf(now, implementation), threshold),
    }));
  });
}

/** Regressions: slower by more than the threshold, or right no longer. */
export function regressions(comparisons: readonly Comparison[]): Comparison[] {
  return comparisons.filter(({ change }) => change === 'slower' || change === 'broken');
}

function changeOf(
  old: ImplementationResult | undefined,
  now: ImplementationResult | undefined,
  threshold: number,
): Pick<Comparison, 'change' | 'ratio' | 'reason'> {
  if (old?.status === 'measured' && now?.status === 'measured') {
    const ratio = estimateChange(now.rounds, old.rounds);
    return { change: verdictOf(ratio, threshold), ratio, reason: null };
  }
  if (now === undefined) return { change: 'gone', ratio: null, reason: null };
  if (now.status === 'measured') return { change: old === undefined ? 'new' : 'mended', ratio: null, reason: null };
  const wasRight = old?.status === 'measured' || old?.status === 'unsupported' || old === undefined;
  const isBroken = now.status === 'wrong' || now.status === 'failed' || (now.status === 'unsupported' && old?.status === 'measured');
  return { change: wasRight && isBroken ? 'broken' : 'same', ratio: null, reason: `${now.status}: ${now.reason}` };
}

function verdictOf({ low, high }: Estimate, threshold: number): Change {
  if (low > 1 + threshold) return 'slower';
  return high < 1 / (1 + threshold) ? 'faster' : 'same';
}

function resultOf({ results }: BenchCaseResult, implementation: string): ImplementationResult | undefined {
  return results.find((result) => result.implementation === implementation);
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
