/**
 * The bench judged on a clock that only the backends under test advance: what it reports must be what they took, and nothing that this
 * machine does can make it pass or fail.
 */
import { createBackend } from '@laxconv/naive';
import type { Backend, ConvProblem, Tensor } from '@laxconv/api/backend';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BenchCase } from '../cases/bench-case.ts';
import type { Measured } from '../result/result.ts';
import { estimateChange, estimateMedian, estimateRatio } from '../statistics/statistics.ts';
import { randomFrom } from '../statistics/random.ts';
import { multiplyAddsOf } from './multiply-adds.ts';
import { runCase } from './run-case.ts';

let now = 0;

beforeEach(() => {
  now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});

afterEach(() => {
  vi.restoreAllMocks();
});

/** A batch of `batch` images: twice as many are twice the work. */
const caseOf = (batch: number): BenchCase => ({
  name: `test/batch-${batch}`,
  about: 'small',
  call: {
    fn: 'lax.conv',
    operands: [
      { shape: [batch, 2, 6, 6], dtype: 'float32' },
      { shape: [2, 2, 3, 3], dtype: 'float32' },
    ],
    args: [[1, 1], 'SAME'],
  },
  quick: true,
});

const OPTIONS = { rounds: 9, roundMs: 60, warmUpMs: 10, signal: new AbortController().signal };

/** Multiply-adds per ms of the backends here. */
const RATE = 1000;

/** The naive backend, for which a call takes what its work costs on the clock, with some per cent of noise; `change` may spoil its result. */
async function onTheClock(name: string, slowness = 1, change: (result: Tensor) => void = () => undefined): Promise<Backend> {
  const backend = await createBackend();
  const random = randomFrom(name.length);
  const cost = (problem: ConvProblem): number => (slowness * multiplyAddsOf(problem) * (0.95 + 0.1 * random())) / RATE;
  return {
    ...backend,
    name,
    prepare: async (problem) => {
      const plan = await backend.prepare(problem);
      return {
        kernel: plan.kernel,
        errorBound: plan.errorBound,
        dispose: () => plan.dispose(),
        bindRhs: async (rhs) => {
          const bound = await plan.bindRhs(rhs);
          return {
            dispose: () => bound.dispose(),
            run: async (lhs, runOptions) => {
              const result = (await bound.run(lhs, runOptions)) as Tensor;
              now += cost(problem);
              change(result);
              return result;
            },
          };
        },
      };
    },
  };
}

async function measure(benchCase: BenchCase, ...backends: readonly Backend[]): Promise<readonly Measured[]> {
  const { results } = await runCase(benchCase, backends, OPTIONS);
  return results.map((result) => {
    if (result.status !== 'measured') throw new Error(result.reason);
    return result;
  });
}

describe('the bench', () => {
  it('reports what a call took', async () => {
    const [{ rounds }] = await measure(caseOf(1), await onTheClock('steady'));
    const expected = (2 * 2 * 9 * 36) / RATE;
    const { value, low, high } = estimateMedian(rounds);
    expect(rounds).toHaveLength(9);
    expect(value / expected).toBeCloseTo(1, 1);
    expect(low).toBeGreaterThan(0.95 * expected);
    expect(high).toBeLessThan(1.05 * expected);
  });

  it('finds a backend that is three times as slow three times as slow', async () => {
    const [steady, slow] = await measure(caseOf(1), await onTheClock('steady'), await onTheClock('slow one', 3));
    const { low, high } = estimateRatio(slow.rounds, steady.rounds);
    expect(low).toBeLessThanOrEqual(3);
    expect(high).toBeGreaterThanOrEqual(3);
    expect(high - low).toBeLessThan(0.2);
  });

  it('doubles the time when the work is doubled, within its interval', async () => {
    const backend = await onTheClock('steady');
    const [one] = await measure(caseOf(2), backend);
    const [two] = await measure(caseOf(4), backend);
    const { low, high } = estimateChange(two.rounds, one.rounds);
    expect(low).toBeLessThanOrEqual(2);
    expect(high).toBeGreaterThanOrEqual(2);
    expect(high - low).toBeLessThan(0.2);
  });

  it('gives a backend that is wrong in one element no time, however fast it is', async () => {
    const wrong = await onTheClock('wrong', 0.01, (result) => {
      (result.data as Float32Array)[5] += 0.01;
    });
    const { results } = await runCase(caseOf(1), [wrong, await onTheClock('steady')], OPTIONS);
    expect(results[0]).toMatchObject({ status: 'wrong', reason: expect.stringContaining('[0, 0, 0, 5]') });
    expect(results[0]).not.toHaveProperty('rounds');
    expect(results[1].status).toBe('measured');
  });
});
