/** The generated parts of the README: tables of published results. */
import type { RunResult } from '@laxconv/conformance';
import { countOf, formatMs, formatNumber } from '../../bench/src/format/format.ts';
import type { BenchCaseResult, BenchResult } from '../../bench/src/result/result.ts';
import { estimateMedian, estimateRatio } from '../../bench/src/statistics/statistics.ts';
import { table } from '../docs/blocks.ts';

/** Medians of one benchmark: cases down, backends across, each with its ratio to the first. */
export function speedBlock({ cases, environment, startedAt, mode }: BenchResult): string {
  const backends = [...new Set(cases.flatMap(({ results }) => results.map(({ backend }) => backend)))].filter((name) => name !== 'idle');
  const rows = cases
    .filter(({ results }) => results.some(({ implementation }) => backends.includes(implementation)))
    .map((benchCase) => [`\`${benchCase.name}\``, benchCase.about, ...backends.map((name) => speedCell(benchCase, name, backends[0]))]);
  const { platform, cpu, cores, commit } = environment;
  const where = `${platform} on ${cpu}, ${countOf(cores, 'core')}, ${startedAt.slice(0, 10)}${commit === null ? '' : `, commit ${commit}`}`;
  return [
    table(['case', '', ...backends], rows),
    `Medians of a ${mode} run (${where}); in brackets how many times as fast as ${backends[0]}, where the 95 % interval leaves out 1.`,
  ].join('\n\n');
}

function speedCell({ results }: BenchCaseResult, name: string, baseName: string): string {
  const [own, base] = [name, baseName].map((wanted) => results.find(({ implementation }) => implementation === wanted));
  if (own === undefined) return '–';
  if (own.status !== 'measured') return own.status;
  const time = formatMs(estimateMedian(own.rounds).value);
  if (own === base || base?.status !== 'measured') return time;
  const { value, low, high } = estimateRatio(own.rounds, base.rounds);
  return low <= 1 && high >= 1 ? time : `${time} (${formatNumber(1 / value)}×)`;
}

/** How other libraries did in the conformance suite. */
export function peersBlock(runs: readonly RunResult[]): string {
  const rows = runs.map(({ backend, totals: { tests, pass, unsupported } }) => [
    `\`${backend.name}\``,
    String(tests),
    String(pass),
    String(unsupported),
    String(tests - pass - unsupported),
  ]);
  return table(['peer', 'tests', 'passed', 'refused', 'failed'], rows);
}
