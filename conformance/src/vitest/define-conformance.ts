/** `defineConformance`: the suite as vitest tests, in Node and in browsers. */
import type { Backend } from '@laxconv/api/backend';
import type { Expectation } from '../expectations/expectations.ts';
import type { TestResult } from '../report/result.ts';
import { DEFAULTS } from '../run/defaults.ts';
import { Judge, staleExpectations } from '../run/judge.ts';
import { runTest } from '../run/run-test.ts';
import type { CreateBackend } from '../run/run-conformance.ts';
import { selectTests } from '../run/select-tests.ts';
import { openSuite } from '../suite/open-suite.ts';
import { FAMILIES } from '../suite/test.ts';

/**
 * vitest where it is what runs us, else nothing: the package is an optional peer, and a program that imports this one must not load it.
 */
const vitest = isVitest() ? await import('vitest') : undefined;

export interface DefineConformanceOptions {
  /** Of the backend, as the report shows it. */
  readonly name: string;
  /** Makes the backend under test; disposed of at the end. */
  readonly createBackend: CreateBackend;
  readonly expectations?: readonly Expectation[] | undefined;
  /** Folder (a path, or in a browser a URL) of the goldens; default: those that come with the package. */
  readonly goldens?: string | undefined;
  /** A test id with `*` at any place. */
  readonly filter?: string | undefined;
  /** Default: LAXCONV_SEED, or the suite's. */
  readonly seed?: number | undefined;
  /** Random runs for each property. Default: LAXCONV_RUNS, or the suite's. */
  readonly runs?: number | undefined;
  /** Seconds per test. */
  readonly timeout?: number | undefined;
}

/**
 * Defines the suite's tests for a backend. A test that ends as its expectation says passes; a stale expectation fails.
 * @throws Error outside of vitest.
 */
export function defineConformance(options: DefineConformanceOptions): void {
  if (vitest === undefined) throw new Error('defineConformance is called in a vitest test file; elsewhere there is runConformance');
  const { describe, test, beforeAll, afterAll } = vitest;
  const { createBackend, expectations = [], filter } = options;
  // A browser has no environment; what the configuration of its project provides stands in for it.
  const provided = (name: string): string | undefined => vitest.inject(name as never);
  const seed = options.seed ?? numberOf(environment('LAXCONV_SEED') ?? provided('LAXCONV_SEED')) ?? DEFAULTS.seed;
  const runs = options.runs ?? numberOf(environment('LAXCONV_RUNS') ?? provided('LAXCONV_RUNS')) ?? DEFAULTS.runs;
  const timeout = (options.timeout ?? DEFAULTS.timeout) * 1000;

  describe(options.name, async () => {
    const { tests } = await openSuite(options.goldens);
    const selected = selectTests(tests, { filter });
    const judge = new Judge(
      expectations,
      tests.map(({ id }) => id),
    );
    const results: TestResult[] = [];
    let backend: Backend;
    beforeAll(async () => {
      backend = await createBackend();
    });
    afterAll(() => backend?.dispose());

    for (const family of FAMILIES) {
      const own = selected.filter((each) => each.family === family);
      if (own.length === 0) continue;
      describe(family, () => {
        for (const each of own) {
          // One second more than the suite's own limit, whose sentence says more.
          test(each.id, { timeout: timeout + 1000 }, async () => {
            const result = judge.result(await runTest(each, { backend, createBackend, seed, runs }, timeout));
            results.push(result);
            if (!result.ok) throw new Error(failure(result, seed));
          });
        }
      });
    }
    if (expectations.length > 0) {
      test('no expectation is stale', () => {
        const stale = staleExpectations(judge.expectations, results, filter === undefined);
        if (stale.length > 0) throw new Error(stale.map(({ query, reason }) => `${query}: ${reason}`).join('\n'));
      });
    }
  });
}

function failure({ status, message, snippet, expected }: TestResult, seed: number): string {
  const foreseen = expected === undefined ? '' : `\nexpected: ${expected.status} (${expected.reason})`;
  return `${status}: ${message ?? ''}${foreseen}${snippet === undefined ? '' : `\n\n${snippet}`}\n(seed ${seed})`;
}

function isVitest(): boolean {
  return environment('VITEST') !== undefined || '__vitest_browser__' in globalThis;
}

function numberOf(value: string | undefined): number | undefined {
  return value === undefined || !/^\d+$/.test(value) ? undefined : Number(value);
}

function environment(name: string): string | undefined {
  return typeof process === 'undefined' ? undefined : process.env?.[name];
}
