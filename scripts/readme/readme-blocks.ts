/** The generated parts of the README: tables of published results. */
import type { RunResult } from '@laxconv/conformance';
import { countOf, formatMs, formatNumber } from '../../bench/src/format/format.ts';
import type { BenchCaseResult, BenchResult } from '../../bench/src/result/result.ts';
import type { ConformanceCounts, Counts } from '../../bench/src/result/conformance-counts.ts';
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

/** How our own backends did: families of tests down, backends across. */
export function conformanceBlock(backends: readonly ConformanceCounts[]): string {
  const families = [...new Set(backends.flatMap((each) => Object.keys(each.families)))];
  const rows = families.map((family) => [FAMILY_TEXTS[family] ?? family, ...backends.map((each) => countsCell(each.families[family]))]);
  const all = backends.map(({ families: own }) => countsCell(sumOf(Object.values(own))));
  const places = Map.groupBy(backends, ({ platform, started }) => `${platform}, ${started.slice(0, 10)}`);
  const where = Array.from(places, ([place, own]) => `${own.map(({ backend }) => backend).join(' and ')} on ${place}`).join('; ');
  return [
    table(['tests', ...backends.map(({ backend }) => `\`${backend}\``)], [...rows, ['**all**', ...all]]),
    `Passed, and in brackets refused: a test of what a backend says that it does not have. ${where}.`,
  ].join('\n\n');
}

const FAMILY_TEXTS: Readonly<Record<string, string>> = {
  golden: "JAX's values",
  validation: 'calls that JAX refuses',
  property: 'properties, on random problems',
  differential: 'random problems against an oracle in float64',
  contract: 'what a backend may and may not do',
  gradient: 'gradients',
};

function countsCell(counts: Counts | undefined): string {
  if (counts === undefined) return '–';
  const { passed, refused, failed } = counts;
  const number = (count: number): string => count.toLocaleString('en');
  return `${number(passed)}${refused === 0 ? '' : ` (${number(refused)})`}${failed === 0 ? '' : `, **${number(failed)} failed**`}`;
}

function sumOf(all: readonly Counts[]): Counts {
  const sum = (key: keyof Counts): number => all.reduce((total, counts) => total + counts[key], 0);
  return { tests: sum('tests'), passed: sum('passed'), refused: sum('refused'), failed: sum('failed') };
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
