/** The report's head line: is everything right, and of how much is that said? */
import type { RunResult } from '@laxconv/conformance';
import { countOf } from '../format/format.ts';
import type { BenchResult, ImplementationResult } from '../result/result.ts';
import type { NotebookRecord } from './page-data.ts';

/** What is judged: ours. A peer's conformance is reported, and is no fault of ours. */
export interface Judged {
  readonly conformance: readonly RunResult[];
  readonly bench: readonly BenchResult[];
  readonly notebook: NotebookRecord | null;
}

export interface Verdict {
  readonly right: boolean;
  readonly headline: string;
  /** What is wrong, as sentences; empty when nothing is. */
  readonly problems: readonly string[];
}

/** Judges the page's data. Nothing examined is not right. */
export function judge({ conformance, bench, notebook }: Judged): Verdict {
  const problems: string[] = [];
  if (conformance.length === 0) problems.push('No conformance result was given.');
  for (const { backend, platform, totals, ok, staleExpectations, notRun } of conformance) {
    if (ok) continue;
    const where = `${backend.name} on ${platform.runtime}`;
    const off = totals.tests - totals.ok;
    if (totals.tests === 0) problems.push(`${where}: no test ran.`);
    if (off > 0) problems.push(`${where}: ${countOf(off, 'test')} did not end as expected.`);
    if (notRun.length > 0) problems.push(`${where}: ${countOf(notRun.length, 'selected test')} did not run.`);
    if (staleExpectations.length > 0)
      problems.push(`${where}: ${countOf(staleExpectations.length, 'expectation is', 'expectations are')} stale.`);
  }
  const cells = notebook?.cells ?? [];
  const wrongCells = cells.filter(({ check }) => check.status === 'wrong');
  if (wrongCells.length > 0) {
    problems.push(
      `The notebook: ${countOf(wrongCells.length, 'cell differs', 'cells differ')} from JAX (${wrongCells.map(({ number }) => number).join(', ')}).`,
    );
  }
  const rows = bench.flatMap(ownRows);
  const bad = rows.filter(({ status }) => status === 'wrong' || status === 'failed');
  if (bad.length > 0) problems.push(`The benchmark: ${countOf(bad.length, 'result is', 'results are')} wrong or failed, and not timed.`);

  const checked = cells.filter(({ check }) => check.status === 'right').length;
  const tests = conformance.reduce((sum, { totals }) => sum + totals.tests, 0);
  const headline =
    problems.length === 0
      ? `${countOf(tests, 'conformance test')} ended as expected, and ${countOf(checked, 'notebook cell')} gave JAX's values.`
      : `${countOf(problems.length, 'problem')} found.`;
  return { right: problems.length === 0, headline, problems };
}

/** What was measured of ours. */
function ownRows({ peers, cases }: BenchResult): readonly ImplementationResult[] {
  const names = new Set(peers.map(({ name }) => name));
  return cases.flatMap(({ results }) => results).filter(({ backend }) => !names.has(backend));
}
