/** A result as Markdown, for the summary that a CI system shows of a job: the verdict, what went wrong and how to see it again, counts. */
import { failureGroups, simplestFailure } from './failure-groups.ts';
import { isLoose, kernelSummaries } from './kernels.ts';
import { codeText as code, fencedText as fenced, lineText as text, markdownTable as table } from './markdown-text.ts';
import { reproduceCommand } from './reproduce.ts';
import { STATUSES, type RunResult, type TestResult } from './result.ts';

/** Failures named one by one; CI systems cut a summary that is too long. */
const MOST_NAMED = 20;

/** The Markdown of a result. Names and messages stand in code, so that nothing in them is markup. */
export function markdownReport(result: RunResult): string {
  const { backend, platform, suite, seed, runs, totals, ok } = result;
  return [
    `## Conformance of ${code(backend.name)}: ${ok ? 'all as expected' : 'not as expected'}`,
    `${totals.ok} of ${totals.tests} tests ended as they should. ${text(platform.runtime)} on ${text(platform.os)} ${text(platform.arch)}, ` +
      `suite ${text(suite)}, seed ${seed}, ${runs} random runs per property.`,
    ...failures(result),
    ...list(
      'Stale expectations',
      result.staleExpectations.map(({ query, reason }) => `${code(query)}: ${code(reason)}`),
    ),
    ...list(
      'Not run',
      result.notRun.map(({ id, reason }) => `${code(id)}: ${code(reason)}`),
    ),
    families(result),
    kernels(result),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function failures(result: RunResult): string[] {
  const wrong = result.tests.filter(({ ok }) => !ok);
  const simplest = simplestFailure(wrong);
  const groups = failureGroups(wrong).map(({ name, failures: members }) => `${code(name)} ×${members.length}`);
  return [
    ...list(`Not as expected (${wrong.length})`, wrong.slice(0, MOST_NAMED).map(failure)),
    ...(wrong.length > MOST_NAMED ? [`… and ${wrong.length - MOST_NAMED} more. By group: ${groups.join(', ')}`] : []),
    ...(wrong.length > 0 ? [`Again: ${code(reproduceCommand(result, (simplest ?? wrong[0]).id))}`] : []),
    ...(simplest?.snippet === undefined ? [] : ['The shortest counterexample:', fenced(simplest.snippet)]),
  ];
}

function failure({ id, status, message }: TestResult): string {
  return `${status} ${code(id)}${message === undefined ? '' : `: ${code(message)}`}`;
}

function list(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`### ${title}`, items.map((item) => `- ${item}`).join('\n')];
}

function families({ tests }: RunResult): string {
  const groups = [...Map.groupBy(tests, ({ id }) => id.split(':', 1)[0])];
  const rows = groups.map(([name, own]) => {
    const counts = STATUSES.map((status) => String(own.filter((test) => test.status === status).length));
    return [code(name), String(own.length), ...counts];
  });
  return table(['family', 'tests', ...STATUSES], rows);
}

function kernels(result: RunResult): string {
  const rows = kernelSummaries(result).map((summary) => [
    code(summary.kernel),
    String(summary.tests),
    summary.errorOverBound.toPrecision(3),
    isLoose(summary) ? 'its bound is far looser than what it shows' : '',
  ]);
  return rows.length === 0 ? '' : table(['kernel', 'tests', 'largest error ÷ allowed', ''], rows);
}
