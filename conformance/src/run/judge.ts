/** Judges outcomes by the expectations, and expectations by the outcomes. */
import { matcher } from '../query/query.ts';
import type { Expectation } from '../expectations/expectations.ts';
import type { ExpectationMatches, NotRun, RunResult, TestResult, Totals } from '../report/result.ts';
import type { Outcome } from './run-test.ts';

/** The expectations of a run, matched against the whole suite. */
export class Judge {
  readonly #owner = new Map<string, Expectation>();
  readonly expectations: readonly ExpectationMatches[];

  /** `ids` are all tests of the suite, selected or not. Of several entries that match a test, the first counts. */
  constructor(expectations: readonly Expectation[], ids: readonly string[]) {
    const matches = expectations.map(() => 0);
    const matchers = expectations.map(({ query }) => matcher(query));
    for (const id of expectations.length === 0 ? [] : ids) {
      const first = matchers.findIndex((selects) => selects(id));
      if (first === -1) continue;
      matches[first] += 1;
      this.#owner.set(id, expectations[first]);
    }
    this.expectations = expectations.map((expectation, index) => ({ ...expectation, matches: matches[index] }));
  }

  /** The outcome with what was expected. A pass is always as it should be; only the entry that foresaw otherwise may be stale. */
  result(outcome: Outcome): TestResult {
    const expected = this.#owner.get(outcome.id);
    const ok = outcome.status === 'pass' || (expected !== undefined && isAsForeseen(outcome, expected));
    return { ...outcome, ok, ...(expected === undefined ? {} : { expected }) };
  }
}

function isAsForeseen({ status, message = '' }: Pick<Outcome, 'status' | 'message'>, expected: Expectation): boolean {
  return status === expected.status && (expected.says === undefined || matcher(expected.says)(message));
}

/**
 * The expectations that are errors: no test of the suite matches, or none of those that do bears it out. Where a filter or a shard
 * left some of its tests out, an entry is not judged.
 */
export function staleExpectations(
  expectations: readonly ExpectationMatches[],
  tests: readonly TestResult[],
  isWhole: boolean,
): RunResult['staleExpectations'] {
  return expectations.flatMap((expectation) => {
    const { query, status, matches } = expectation;
    if (matches === 0) return isWhole ? [{ query, reason: 'no test matches it, or an earlier entry speaks for them' }] : [];
    const own = tests.filter(({ expected }) => expected?.query === query);
    if (own.length < matches || own.some((test) => isAsForeseen(test, expectation))) return [];
    const statuses = [...new Set(own.map((test) => test.status))].join(', ');
    return [{ query, reason: `expects ${status}, but its ${own.length === 1 ? 'test' : `${own.length} tests`} ended with ${statuses}` }];
  });
}

/** What a result closes with. Nothing run is not as expected, and neither is a test that did not run. */
export function closing(
  expectations: readonly ExpectationMatches[],
  tests: readonly TestResult[],
  notRun: readonly NotRun[],
  isWhole: boolean,
): Pick<RunResult, 'staleExpectations' | 'totals' | 'ok'> {
  const stale = staleExpectations(expectations, tests, isWhole);
  return {
    staleExpectations: stale,
    totals: totalsOf(tests, notRun),
    ok: tests.length > 0 && tests.every(({ ok }) => ok) && notRun.length === 0 && stale.length === 0,
  };
}

function totalsOf(tests: readonly TestResult[], notRun: readonly NotRun[]): Totals {
  const count = (status: TestResult['status']): number => tests.filter((test) => test.status === status).length;
  return {
    tests: tests.length + notRun.length,
    ok: tests.filter(({ ok }) => ok).length,
    pass: count('pass'),
    fail: count('fail'),
    unsupported: count('unsupported'),
    timeout: count('timeout'),
    crash: count('crash'),
    notRun: notRun.length,
  };
}
