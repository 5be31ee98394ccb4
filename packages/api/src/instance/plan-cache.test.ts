import { describe, expect, test } from 'vitest';
import { freezeProblem } from '../problem/freeze-problem.ts';
import type { ConvProblem } from '../problem/problem.ts';
import { resolveConv } from '../resolve/conv.ts';
import { FakeBackend } from './fake-backend.test.fixture.ts';
import { PlanCache } from './plan-cache.ts';

const CAPACITY = 128;

/** Problems that differ in the size of the input. */
function problemOf(size: number): ConvProblem {
  const { problem } = resolveConv(
    'lax.conv',
    { shape: [2, 2, size + 1], dtype: 'float32' },
    { shape: [2, 2, 1], dtype: 'float32' },
    { windowStrides: [1], padding: [[0, 0]] },
  );
  return problem as ConvProblem;
}

const use = () => Promise.resolve('used');

describe('PlanCache', () => {
  test('prepares equal problems once, also at the same time', async () => {
    const backend = new FakeBackend();
    const cache = new PlanCache(backend);
    await Promise.all([cache.withPlan(problemOf(1), use), cache.withPlan(problemOf(1), use)]);
    await cache.withPlan(freezeProblem(problemOf(1)), use);
    expect(backend.log).toEqual(['prepare']);
  });

  test('tells problems apart by every field', async () => {
    const base = problemOf(4);
    const changed: readonly Partial<ConvProblem>[] = [
      { lhs: { shape: [2, 2, 6], dtype: 'float32' } },
      { lhs: { shape: [2, 2, 5], dtype: 'float64' } },
      { rhs: { shape: [2, 2, 2], dtype: 'float32' } },
      { rhs: { shape: [2, 2, 1], dtype: 'float64' } },
      { out: { shape: [2, 2, 6], dtype: 'float32' } },
      { out: { shape: [2, 2, 5], dtype: 'float64' } },
      { lhsSpec: [1, 0, 2] },
      { rhsSpec: [1, 0, 2] },
      { outSpec: [1, 0, 2] },
      { windowStrides: [2] },
      { padding: [[0, 1]] },
      { padding: [[1, 0]] },
      { lhsDilation: [2] },
      { rhsDilation: [2] },
      { windowReversal: [true] },
      { featureGroupCount: 2 },
      { batchGroupCount: 2 },
      { precision: 'high' },
      { method: 'fft' },
    ];
    expect(new Set(changed.flatMap(Object.keys))).toEqual(new Set(Object.keys(base)));
    const backend = new FakeBackend();
    const cache = new PlanCache(backend);
    const problems = [base, ...changed.map((fields) => Object.freeze({ ...base, ...fields }))];
    for (const problem of problems) await cache.withPlan(problem, use);
    expect(backend.count('prepare')).toBe(problems.length);
  });

  test('drops the least recently used plan', async () => {
    const backend = new FakeBackend();
    const cache = new PlanCache(backend);
    for (let size = 0; size < CAPACITY; size++) await cache.withPlan(problemOf(size), use);
    await cache.withPlan(problemOf(0), use);
    await cache.withPlan(problemOf(CAPACITY), use);
    expect([backend.count('prepare'), backend.count('drop')]).toEqual([CAPACITY + 1, 1]);
    await cache.withPlan(problemOf(0), use);
    expect(backend.count('prepare')).toBe(CAPACITY + 1);
    await cache.withPlan(problemOf(1), use);
    expect(backend.count('prepare')).toBe(CAPACITY + 2);
  });

  test('a plan in use is disposed of when its last user is done', async () => {
    const backend = new FakeBackend();
    const cache = new PlanCache(backend);
    const [one, two] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const users = [one, two].map(({ promise }) => cache.withPlan(problemOf(0), () => promise));
    for (let size = 1; size <= CAPACITY; size++) await cache.withPlan(problemOf(size), use);
    expect(backend.count('drop')).toBe(0);
    one.resolve();
    await users[0];
    expect(backend.count('drop')).toBe(0);
    two.resolve();
    await users[1];
    expect(backend.count('drop')).toBe(1);
  });

  test('a failed preparation is tried again, a refusal is remembered', async () => {
    let failures = 1;
    const failing = new FakeBackend({
      at: () => {
        if (failures-- > 0) throw new Error('out of memory');
      },
    });
    const cache = new PlanCache(failing);
    await expect(cache.withPlan(problemOf(1), use)).rejects.toThrow('out of memory');
    await expect(cache.withPlan(problemOf(1), use)).resolves.toBe('used');

    const refusing = new FakeBackend({ refuses: () => 'no' });
    const refusals = new PlanCache(refusing);
    for (let i = 0; i < 3; i++) await expect(refusals.withPlan(problemOf(1), use)).rejects.toMatchObject({ reason: 'no' });
    expect(refusing.count('prepare')).toBe(1);
  });

  test('a failing dispose does not fail the call that evicts', async () => {
    const backend = new FakeBackend({
      at: (step) => {
        if (step === 'drop') throw new Error('stuck');
      },
    });
    const cache = new PlanCache(backend);
    for (let size = 0; size <= CAPACITY; size++) await expect(cache.withPlan(problemOf(size), use)).resolves.toBe('used');
    expect(backend.count('drop')).toBe(1);
  });

  test('clear disposes of every plan, failed ones excepted', async () => {
    const backend = new FakeBackend({ refuses: ({ lhs }) => (lhs.shape[2] === 1 ? 'no' : undefined) });
    const cache = new PlanCache(backend);
    await cache.withPlan(problemOf(0), use).catch(() => undefined);
    await cache.withPlan(problemOf(1), use);
    await cache.withPlan(problemOf(2), use);
    await cache.clear();
    await cache.clear();
    expect(backend.count('drop')).toBe(2);
  });
});

test('a failing dispose does not fail the last user of an evicted plan', async () => {
  const backend = new FakeBackend({
    at: (step) => {
      if (step === 'drop') throw new Error('stuck');
    },
  });
  const cache = new PlanCache(backend);
  const uses = Array.from({ length: CAPACITY + 20 }, (_, size) => cache.withPlan(problemOf(size), use));
  expect(new Set(await Promise.all(uses))).toEqual(new Set(['used']));
});
