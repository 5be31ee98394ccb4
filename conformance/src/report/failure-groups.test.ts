import { expect, test } from 'vitest';
import { failureGroups, simplestFailure } from './failure-groups.ts';
import type { TestResult } from './result.ts';

const failed = (id: string, snippet?: string): TestResult => ({ id, snippet, status: 'fail', ok: false, ms: 1 }) as TestResult;

test('failures are grouped by family and law, whatever their case and parameters', () => {
  const groups = failureGroups([
    failed('golden:padding/same:dtype=int8'),
    failed('property:delta-kernel:dtype=int8'),
    failed('golden:padding/valid'),
  ]);
  expect(groups.map(({ name, failures }) => [name, failures.length])).toEqual([
    ['golden:padding', 2],
    ['property:delta-kernel', 1],
  ]);
});

test('the simplest has the shortest snippet', () => {
  const long = failed('property:a', 'a long one');
  const short = failed('property:b', 'short');
  expect(simplestFailure([failed('golden:a/b'), long, short])).toBe(short);
  expect(simplestFailure([failed('golden:a/b')])).toBeUndefined();
});
