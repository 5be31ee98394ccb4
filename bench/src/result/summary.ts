/** A result file as lines of text, for the terminal. */
import { countOf, formatMs, formatNumber } from '../format/format.ts';
import { estimateMedian, estimateRatio } from '../statistics/statistics.ts';
import type { BenchCaseResult, BenchResult, ImplementationResult, Measured } from './result.ts';

/** The implementation that the others of a case are compared with: the first measured one. */
export function baseOf({ results }: BenchCaseResult): Measured | undefined {
  return results.find((result) => result.status === 'measured');
}

/** Multiply-adds per second, in units of 10⁹ operations where a multiply-add counts as two. */
export function gigaflops(multiplyAdds: number, ms: number): number {
  return (2 * multiplyAdds) / (ms * 1e6);
}

export function summaryLines(result: BenchResult): string[] {
  const lines = result.cases.flatMap((benchCase) => [benchCase.name, ...benchCase.results.map((row) => `  ${rowText(benchCase, row)}`)]);
  const wrong = result.cases.flatMap(({ results }) => results).filter(({ status }) => status === 'wrong' || status === 'failed').length;
  if (wrong > 0) lines.push(`${countOf(wrong, 'result is', 'results are')} wrong or failed, and not timed`);
  if (!result.complete) lines.push('interrupted: what is missing was not run');
  return lines;
}

function rowText(benchCase: BenchCaseResult, row: ImplementationResult): string {
  if (row.status !== 'measured') return `${row.implementation}: ${row.status}: ${row.reason}`;
  const { value, low, high } = estimateMedian(row.rounds);
  const base = baseOf(benchCase);
  const ratio =
    base === undefined || base === row ? '' : `, ${formatNumber(estimateRatio(row.rounds, base.rounds).value)}× ${base.implementation}`;
  const { multiplyAdds } = benchCase;
  const speed = multiplyAdds === null ? '' : `, ${formatNumber(gigaflops(multiplyAdds, value))} GFLOP/s`;
  return `${row.implementation}: ${formatMs(value)} (${formatMs(low)} to ${formatMs(high)})${speed}${ratio}, ${row.kernel}`;
}
