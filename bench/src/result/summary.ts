/** A result file as lines of text, for the terminal. */
import { countOf, formatMs, formatNumber } from '../format/format.ts';
import { estimateMedian, estimateRatio, type Estimate } from '../statistics/statistics.ts';
import type { BenchCaseResult, BenchResult, Measured } from './result.ts';
import { kernelLines, slowerThan } from './kernel-summary.ts';
import { columns } from './table.ts';

/** Multiply-adds per second, in units of 10⁹ operations where a multiply-add counts as two. */
export function gigaflops(multiplyAdds: number, ms: number): number {
  return (2 * multiplyAdds) / (ms * 1e6);
}

/** A table for each case, with the ratio of every time to ours (without peers: to the first), and what did not run. */
export function summaryLines(result: BenchResult): string[] {
  const peers = new Set(result.peers.map(({ name }) => name));
  const lines = result.cases.flatMap((benchCase) => ['', benchCase.name, ...caseLines(benchCase, peers).map((line) => `  ${line}`)]);
  lines.push('');
  if (result.cases.length > 1) {
    const backends = new Set(
      result.cases.flatMap(({ results }) => results.map(({ backend }) => backend)).filter((name) => !peers.has(name)),
    );
    for (const backend of backends) if (backend !== 'idle') lines.push(...kernelLines(result, backend), '');
    for (const backend of backends) if (backend !== 'naive') lines.push(...slowerThan(result, backend, 'naive'));
  }
  if (result.environment.adapter !== undefined) lines.push(`on a GPU: ${result.environment.adapter}`);
  for (const { name, notRun } of result.peers) if (notRun !== null) lines.push(`${name} did not run: ${notRun}`);
  const bad = result.cases.flatMap(({ results }) => results).filter(({ status }) => status === 'wrong' || status === 'failed').length;
  if (bad > 0) lines.push(`${countOf(bad, 'result is', 'results are')} wrong or failed, and not timed`);
  if (!result.complete) lines.push('interrupted: what is missing was not run');
  return lines;
}

/** Not a public function, which costs more than the backend. */
const OWN_RUN = /^((?! · ).)*( · runSync)?$/;

function caseLines({ results, multiplyAdds }: BenchCaseResult, peers: ReadonlySet<string>): string[] {
  const measured = results.filter(isMeasured);
  // Every one of ours that is a backend by itself is a base, so that each has its ratios to all peers.
  const ours = measured.filter(({ implementation, backend }) => !peers.has(backend) && OWN_RUN.test(implementation));
  const bases = peers.size > 0 && ours.length > 0 ? ours : measured.slice(0, 1);
  const head = ['', 'median', '95 % interval', 'GFLOP/s', ...bases.map(({ implementation }) => `time ÷ ${implementation}`), 'kernel'];
  const rows = measured.map((row) => {
    const { value, low, high } = estimateMedian(row.rounds);
    return [
      row.implementation,
      formatMs(value),
      `${formatMs(low)} to ${formatMs(high)}`,
      multiplyAdds === null ? '' : formatNumber(gigaflops(multiplyAdds, value)),
      ...bases.map((base) => (base === row ? '1' : ratioText(estimateRatio(row.rounds, base.rounds)))),
      row.kernel,
    ];
  });
  const rest = results.filter((row) => row.status !== 'measured').map((row) => `${row.implementation}: ${row.status}: ${row.reason}`);
  return [...(measured.length > 0 ? columns([head, ...rows]) : []), ...rest];
}

function ratioText({ value, low, high }: Estimate): string {
  return `${formatNumber(value)} (${formatNumber(low)} to ${formatNumber(high)})`;
}

function isMeasured(result: BenchCaseResult['results'][number]): result is Measured {
  return result.status === 'measured';
}
