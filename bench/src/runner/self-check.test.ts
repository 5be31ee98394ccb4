/**
 * The bench judged on a clock that only the backends under test advance: what it reports must be what they took, and nothing that this
 * machine does can make it pass or fail.
 */
import type { Backend } from '@laxconv/api/backend';
import { describe, expect, it } from 'vitest';
import type { BenchCase } from '../cases/bench-case.ts';
import type { Measured } from '../result/result.ts';
import { estimateChange, estimateMedian, estimateRatio } from '../statistics/statistics.ts';
import { MULTIPLY_ADDS_PER_MS, useClock } from './clock.test.fixture.ts';
import { runCase } from './run-case.ts';

const clock = useClock();

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

async function measure(benchCase: BenchCase, ...backends: readonly Backend[]): Promise<readonly Measured[]> {
  const { results } = await runCase(benchCase, backends, OPTIONS);
  return results.map((result) => {
    if (result.status !== 'measured') throw new Error(result.reason);
    return result;
  });
}

describe('the bench', () => {
  it('reports what a call took', async () => {
    const [{ rounds }] = await measure(caseOf(1), await clock.backend('steady'));
    const expected = (2 * 2 * 9 * 36) / MULTIPLY_ADDS_PER_MS;
    const { value, low, high } = estimateMedian(rounds);
    expect(rounds).toHaveLength(9);
    expect(value / expected).toBeCloseTo(1, 1);
    expect(low).toBeGreaterThan(0.95 * expected);
    expect(high).toBeLessThan(1.05 * expected);
  });

  it('finds a backend that is three times as slow three times as slow', async () => {
    const [steady, slow] = await measure(caseOf(1), await clock.backend('steady'), await clock.backend('slow one', 3));
    const { low, high } = estimateRatio(slow.rounds, steady.rounds);
    expect(low).toBeLessThanOrEqual(3);
    expect(high).toBeGreaterThanOrEqual(3);
    expect(high - low).toBeLessThan(0.2);
  });

  it('doubles the time when the work is doubled, within its interval', async () => {
    const backend = await clock.backend('steady');
    const [one] = await measure(caseOf(2), backend);
    const [two] = await measure(caseOf(4), backend);
    const { low, high } = estimateChange(two.rounds, one.rounds);
    expect(low).toBeLessThanOrEqual(2);
    expect(high).toBeGreaterThanOrEqual(2);
    expect(high - low).toBeLessThan(0.2);
  });

  it('gives a backend that is wrong in one element no time, however fast it is', async () => {
    const wrong = await clock.backend('wrong', 0.01, async (run) => {
      const result = await run();
      (result.data as Float32Array)[5] += 0.01;
      return result;
    });
    const { results } = await runCase(caseOf(1), [wrong, await clock.backend('steady')], OPTIONS);
    expect(results[0]).toMatchObject({ status: 'wrong', reason: expect.stringContaining('[0, 0, 0, 5]') });
    expect(results[0]).not.toHaveProperty('rounds');
    expect(results[1].status).toBe('measured');
  });
});
