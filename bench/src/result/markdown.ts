/** A result as Markdown, for the summary that a CI system shows of a job. */
import { codeText, lineText, markdownTable } from '@laxconv/conformance';
import { countOf, formatMs, formatNumber } from '../format/format.ts';
import { estimateMedian } from '../statistics/statistics.ts';
import type { BenchCaseResult, BenchResult } from './result.ts';

/** A table of medians: cases down, implementations across; the base is the case's first. */
export function benchMarkdown(result: BenchResult): string {
  const { environment, cases, complete } = result;
  const implementations = [...new Set(cases.flatMap(({ results }) => results.map(({ implementation }) => implementation)))];
  const bad = cases.flatMap(({ name, results }) =>
    results.flatMap((row) => (row.status === 'wrong' || row.status === 'failed' ? [{ name, ...row }] : [])),
  );
  const rows = cases.map((benchCase) => [codeText(benchCase.name), ...implementations.map((name) => cellText(benchCase, name))]);
  return [
    `## Benchmark: ${bad.length === 0 ? 'every result right' : `${countOf(bad.length, 'result')} wrong or failed, and not timed`}`,
    `${lineText(environment.platform)} on ${lineText(environment.cpu)}, ${countOf(environment.cores, 'core')}. Medians; every result was verified before it was timed.`,
    ...(complete ? [] : ['**Interrupted: what is missing was not run.**']),
    ...bad.map(
      ({ name, implementation, status, reason }) => `- ${codeText(implementation)} on ${codeText(name)}: ${status}: ${codeText(reason)}`,
    ),
    markdownTable(['case', ...implementations.map(codeText)], rows),
    '',
  ].join('\n\n');
}

function cellText({ results }: BenchCaseResult, implementation: string): string {
  const row = results.find((candidate) => candidate.implementation === implementation);
  if (row === undefined) return '';
  if (row.status !== 'measured') return row.status === 'wrong' ? '**wrong**' : row.status;
  const { value } = estimateMedian(row.rounds);
  const base = results[0];
  if (base === row || base.status !== 'measured') return formatMs(value);
  return `${formatMs(value)} (×${formatNumber(value / estimateMedian(base.rounds).value)})`;
}
