import { describe, expect, test } from 'vitest';
import type { Expectation } from '../expectations/expectations.ts';
import type { TestResult } from '../report/result.ts';
import { Judge, staleExpectations } from './judge.ts';

const IDS = ['golden:a', 'golden:b', 'property:c'];

function judged(expectations: readonly Expectation[], statuses: Readonly<Record<string, TestResult['status']>>, isWhole = true) {
  const judge = new Judge(expectations, IDS);
  const results = Object.entries(statuses).map(([id, status]) => judge.result({ id, status, ms: 1, kernels: [] }));
  return { ok: results.map(({ ok }) => ok), stale: staleExpectations(judge.expectations, results, isWhole).map(({ query }) => query) };
}

const unsupported = (query: string): Expectation => ({ query, status: 'unsupported', reason: 'why' });
const failing = (query: string): Expectation => ({ query, status: 'fail', reason: 'why' });

describe('expectations', () => {
  test('without one, only a pass is as it should be', () => {
    expect(judged([], { 'golden:a': 'pass', 'golden:b': 'unsupported', 'property:c': 'fail' }).ok).toEqual([true, false, false]);
  });

  test('excuse the status that they name, and no other', () => {
    const { ok } = judged([unsupported('golden:*'), failing('property:c')], {
      'golden:a': 'unsupported',
      'golden:b': 'fail',
      'property:c': 'fail',
    });
    expect(ok).toEqual([true, false, true]);
    expect(judged([failing('property:c')], { 'property:c': 'timeout' }).ok).toEqual([false]);
  });

  test('of what is said excuse that alone', () => {
    const expectation = { ...unsupported('golden:*'), says: 'float64 is not *' };
    const judge = new Judge([expectation], IDS);
    const result = (id: string, message: string) => judge.result({ id, status: 'unsupported', message, ms: 1, kernels: [] });
    const [foreseen, other] = [result('golden:a', 'float64 is not supported'), result('golden:b', 'too large')];
    expect([foreseen.ok, other.ok]).toEqual([true, false]);
    expect(staleExpectations(judge.expectations, [foreseen, other], true)).toEqual([]);
    expect(staleExpectations(judge.expectations, [other, other], true).map(({ query }) => query)).toEqual(['golden:*']);
  });

  test('are stale when nothing matches', () => {
    expect(judged([failing('golden:z')], {}).stale).toEqual(['golden:z']);
  });

  test('are stale when all of their tests behave otherwise', () => {
    const all = { 'golden:a': 'pass', 'golden:b': 'pass', 'property:c': 'pass' } as const;
    expect(judged([unsupported('golden:*')], all).stale).toEqual(['golden:*']);
    expect(judged([unsupported('golden:*')], { ...all, 'golden:b': 'unsupported' }).stale).toEqual([]);
  });

  test('are not judged where a filter or a shard left some of their tests out', () => {
    expect(judged([unsupported('golden:*'), failing('golden:z')], { 'golden:a': 'pass' }, false).stale).toEqual([]);
  });

  test('of two that match a test, the first counts and the second is stale', () => {
    const statuses = { 'golden:a': 'unsupported', 'golden:b': 'pass', 'property:c': 'pass' } as const;
    expect(judged([unsupported('golden:a'), failing('*:a')], statuses)).toEqual({ ok: [true, true, true], stale: ['*:a'] });
  });
});
