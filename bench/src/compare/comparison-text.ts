/** A comparison of two runs for a terminal, or as Markdown for the summary of a CI job. */
import { codeText, lineText, markdownTable } from '@laxconv/conformance';
import { countOf, formatNumber } from '../format/format.ts';
import { columns } from '../result/table.ts';
import type { BenchResult } from '../result/result.ts';
import { regressions, type Comparison } from './compare-results.ts';

const HEAD = ['case', 'implementation', 'change', 'new time ÷ old (95 % interval)'];

/** Lines: what changed, and a sentence on all of it. */
export function comparisonLines(comparisons: readonly Comparison[]): string[] {
  const changed = comparisons.filter(isChange);
  return [
    ...(changed.length === 0
      ? []
      : [...columns([HEAD, ...changed.map((one) => [one.case, one.implementation, one.change, detail(one)])]), '']),
    sentence(comparisons),
  ];
}

/** The same as Markdown, with where both ran. */
export function comparisonMarkdown(before: BenchResult, after: BenchResult, comparisons: readonly Comparison[]): string {
  const changed = comparisons.filter(isChange);
  const rows = changed.map((one) => [
    codeText(one.case),
    codeText(one.implementation),
    changeText(one),
    one.reason === null ? detail(one) : codeText(one.reason),
  ]);
  return [
    `## Benchmark: ${sentence(comparisons)}`,
    ...(rows.length === 0 ? [] : [markdownTable(HEAD, rows)]),
    `Before: ${where(before)}. After: ${where(after)}.`,
    ...doubts(before, after).map((doubt) => `**${doubt}**`),
    '',
  ].join('\n\n');
}

/** Why the ratios may say nothing about the code, as sentences. */
export function doubts(before: BenchResult, after: BenchResult): string[] {
  const busy = [before, after].filter(({ environment: { loadBefore, cores } }) => (loadBefore ?? 0) > cores / 2);
  return [
    ...(sameMachine(before, after) ? [] : ['The two ran on different machines or platforms: the ratios say nothing about the code.']),
    ...busy.map(
      ({ startedAt, environment: { loadBefore, cores } }) =>
        `The machine was busy with something else when the run of ${startedAt.slice(0, 16).replace('T', ' ')} began: load ${loadBefore} on ${countOf(cores, 'core')}.`,
    ),
  ];
}

function sameMachine({ environment: a }: BenchResult, { environment: b }: BenchResult): boolean {
  const runtime = (platform: string): string => platform.split('.', 1)[0];
  return a.cpu === b.cpu && a.cores === b.cores && a.adapter === b.adapter && runtime(a.platform) === runtime(b.platform);
}

function sentence(comparisons: readonly Comparison[]): string {
  const bad = regressions(comparisons).length;
  const faster = comparisons.filter(({ change }) => change === 'faster').length;
  const compared = countOf(comparisons.filter(({ ratio }) => ratio !== null).length, 'time');
  return `${bad === 0 ? 'no regression' : countOf(bad, 'regression')}, ${faster} faster, ${compared} compared`;
}

function isChange({ change }: Comparison): boolean {
  return change !== 'same';
}

function changeText({ change }: Comparison): string {
  return change === 'slower' || change === 'broken' ? `**${change}**` : change;
}

function detail({ ratio, reason }: Comparison): string {
  if (ratio === null) return reason ?? '';
  return `${formatNumber(ratio.value)} (${formatNumber(ratio.low)} to ${formatNumber(ratio.high)})`;
}

function where({ startedAt, environment: { platform, cpu, commit } }: BenchResult): string {
  return lineText(`${startedAt.slice(0, 16).replace('T', ' ')} UTC, ${platform} on ${cpu}${commit === null ? '' : `, commit ${commit}`}`);
}
