/** What the command line shows while and after it runs. Results go to stdout; the counter, on a terminal only, to stderr. */
import colours from 'picocolors';
import { failureGroups, simplestFailure } from '../report/failure-groups.ts';
import { reproduceCommand } from '../report/reproduce.ts';
import { kernelSummaries, isLoose, LOOSE } from '../report/kernels.ts';
import type { BackendFacts, RunResult, TestResult } from '../report/result.ts';

/** A single line that counts, rewritten in place. */
export class Counter {
  readonly #total: number;
  #done = 0;
  #wrong = 0;

  constructor(total: number) {
    this.#total = total;
  }

  count({ id, ok }: TestResult): void {
    this.#done += 1;
    if (!ok) this.#wrong += 1;
    if (!process.stderr.isTTY) return;
    const wrong = this.#wrong === 0 ? '' : colours.red(` ${this.#wrong} not as expected`);
    const room = Math.max(10, (process.stderr.columns ?? 80) - 40);
    process.stderr.write(`\r\u001B[2K${this.#done}/${this.#total}${wrong} ${colours.dim(id.slice(0, room))}`);
  }

  end(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\u001B[2K');
  }
}

/** The first line: what runs. */
export function printStart(
  { name, module }: BackendFacts,
  tests: number,
  facts: { readonly seed: number; readonly runs: number; readonly suite: string },
): void {
  console.log(
    `laxconv conformance ${facts.suite}: ${name} from ${module}, ${tests} tests, seed ${facts.seed}, ${facts.runs} random runs per property`,
  );
}

/** A test that did not end as expected, with how to see it again. */
function printFailure(test: TestResult, run: Pick<RunResult, 'backend' | 'seed' | 'runs'>): void {
  const lines = [`${colours.red(test.status)} ${colours.bold(test.id)} (${Math.round(test.ms)} ms)`, test.message ?? ''];
  if (test.expected !== undefined) lines.push(`expected: ${test.expected.status} (${test.expected.reason})`);
  if (test.snippet !== undefined) lines.push('', test.snippet);
  lines.push(`again: ${reproduceCommand(run, test.id)}`);
  console.log(
    `\n${lines
      .join('\n')
      .trimEnd()
      .replaceAll(/\n(?=[^\n])/gu, '\n  ')}`,
  );
}

/** In full, the first failure of each group; of the others the id. Last the groups, and the failure that is easiest to read. */
export function printFailures(failures: readonly TestResult[], run: Pick<RunResult, 'backend' | 'seed' | 'runs'>): void {
  const groups = failureGroups(failures);
  for (const { failures: members } of groups) {
    printFailure(members[0], run);
    for (const { status, id } of members.slice(1)) console.log(`${colours.red(status)} ${id}`);
  }
  const isLong = failures.length > groups.length;
  if (isLong) console.log(`\nfailures by group: ${groups.map(({ name, failures: members }) => `${name} ×${members.length}`).join(', ')}`);
  const simplest = simplestFailure(failures);
  if (isLong && simplest !== undefined) {
    console.log('\nthe shortest counterexample:');
    printFailure(simplest, run);
  }
}

/** The closing lines: stale expectations, loose bounds, what did not run, and the totals. */
export function printSummary(result: RunResult): void {
  for (const { query, reason } of result.staleExpectations) console.log(`${colours.red('stale expectation')} ${query}: ${reason}`);
  for (const { id, reason } of result.notRun) console.log(`${colours.red('not run')} ${id}: ${reason}`);
  for (const summary of kernelSummaries(result)) {
    const { kernel, tests, errorOverBound } = summary;
    const finding = isLoose(summary) ? colours.yellow(`; the bound is over ${LOOSE} times looser than that`) : '';
    console.log(`kernel ${kernel}: ${tests} tests, largest error ${errorOverBound.toPrecision(3)} of what is allowed${finding}`);
  }
  console.log(totalsLine(result));
}

/** `naive: 912 tests: 900 passed, …` */
export function totalsLine({ backend, totals, ms, seed, ok }: RunResult): string {
  const { tests, pass, fail, unsupported, timeout, crash, notRun } = totals;
  const counts = `${pass} passed, ${fail} failed, ${unsupported} unsupported, ${timeout} timed out, ${crash} crashed, ${notRun} not run`;
  const verdict = ok ? colours.green('all as expected') : colours.red('not as expected');
  return `${backend.name}: ${tests} tests: ${counts}; ${verdict}; ${(ms / 1000).toFixed(1)} s, seed ${seed}`;
}
