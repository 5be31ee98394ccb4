import { expect, it } from 'vitest';
import { chooseBatch } from './timing.ts';

/** A clock that only sees whole steps, and calls of `ms` each: what a browser shows of a fast function. */
function sampled(ms: number, step: number): (calls: number) => Promise<number> {
  return async (calls) => Math.floor((calls * ms) / step) * step;
}

it('makes a sample of one call where a call is long enough', async () => {
  expect(await chooseBatch({ sample: sampled(30, 0.0001) }, 0)).toBe(1);
});

it('makes a sample of many calls where one is too short to be measured', async () => {
  const batch = await chooseBatch({ sample: sampled(0.0004, 0.0001) }, 1);
  expect(batch * 0.0004).toBeGreaterThanOrEqual(0.05);
  expect(batch * 0.0004).toBeLessThan(0.2);
});

it('ends with the most calls for what never takes any time', async () => {
  expect(await chooseBatch({ sample: async () => 0 }, 1)).toBe(10_000);
});
