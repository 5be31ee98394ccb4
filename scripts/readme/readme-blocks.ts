/** The generated parts of the README: tables of published results. */
import type { RunResult } from '@laxconv/conformance';
import { countOf, formatMs, formatNumber } from '../../bench/src/format/format.ts';
import type { ConformanceCounts, Counts } from '../../bench/src/result/conformance-counts.ts';
import type { BenchCaseResult, BenchResult, Measured } from '../../bench/src/result/result.ts';
import { OURS } from '../../bench/src/runner/our-backends.ts';
import { estimateMedian, estimateRatio } from '../../bench/src/statistics/statistics.ts';
import { table } from '../docs/blocks.ts';

/** What other libraries are compared with, and which: on the processor one thread each, on a GPU what runs there. */
interface Comparison {
  readonly base: string;
  readonly suffix: string;
  readonly note: string;
}

const ON_CPU: Comparison = { base: 'wasm-1t', suffix: '-1t', note: '; `-1t` is one thread' };
const ON_GPU: Comparison = { base: 'webgpu', suffix: '-webgpu', note: '; results stay on the GPU' };

/**
 * Medians of one benchmark: cases down; across our backends, and those libraries that most cases can be run by, each with its ratio to our
 * one thread, or on a GPU to webgpu.
 */
export function speedBlock({ cases: all, environment, startedAt, mode }: BenchResult): string {
  const { base, suffix, note } = environment.adapter === undefined ? ON_CPU : ON_GPU;
  const isOurs = (name: string): boolean => name === base || Object.hasOwn(OURS, name);
  const cases = all.filter(({ results }) => results.some(({ implementation }) => isOurs(implementation)));
  const measuredBy = (name: string): number => cases.filter(({ results }) => timeOf(results, name) !== undefined).length;
  const names = [...new Set(cases.flatMap(({ results }) => results.map(({ backend }) => backend)))].filter(
    (name) => isOurs(name) || (name.endsWith(suffix) && measuredBy(name) > cases.length / 2),
  );
  const rows = cases.map((benchCase) => [`\`${benchCase.name}\``, ...names.map((name) => speedCell(benchCase, name, base))]);
  const { platform, adapter, cpu, cores, commit } = environment;
  const where = `${adapter === undefined ? '' : `${adapter}; `}${platform} on ${cpu}, ${countOf(cores, 'core')}, ${startedAt.slice(0, 10)}${commit === null ? '' : `, commit ${commit}`}`;
  return [
    table(['case', ...names], rows),
    `Medians of a ${mode} run (${where}). In brackets how many times the time of \`${base}\` that is, where the 95 % interval leaves out 1${note}.`,
  ].join('\n\n');
}

function timeOf(results: BenchCaseResult['results'], name: string): Measured | undefined {
  const own = results.find(({ implementation }) => implementation === name);
  return own?.status === 'measured' ? own : undefined;
}

function speedCell({ results }: BenchCaseResult, name: string, baseName: string): string {
  const own = timeOf(results, name);
  if (own === undefined) return results.find(({ implementation }) => implementation === name)?.status ?? '–';
  const base = timeOf(results, baseName);
  const time = formatMs(estimateMedian(own.rounds).value);
  if (base === undefined || own === base) return time;
  const { value, low, high } = estimateRatio(own.rounds, base.rounds);
  return low <= 1 && high >= 1 ? time : `${time} (${formatNumber(value)}×)`;
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
