/** A clock that only the backends under test advance: nothing that this machine does can make a test pass or fail. */
import { createBackend } from '@laxconv/naive';
import type { Backend, ConvProblem, Tensor } from '@laxconv/api/backend';
import { afterEach, beforeEach, vi } from 'vitest';
import { randomFrom } from '../statistics/random.ts';
import { multiplyAddsOf } from './multiply-adds.ts';
import { withRuns } from './with-runs.test.fixture.ts';

/** What the backends on the clock do. */
export const MULTIPLY_ADDS_PER_MS = 1000;

/** Stands in for a backend's run; may call it, change what it gives, or reject. */
export type Change = (run: () => Promise<Tensor>) => Promise<Tensor>;

export interface Clock {
  /** The naive backend, for which a call takes what its work costs on the clock, with some per cent of noise. */
  backend(name: string, slowness?: number, change?: Change): Promise<Backend>;
}

/** Puts `performance.now` on the clock for every test of the file. */
export function useClock(): Clock {
  let now = 0;
  beforeEach(() => {
    now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  return {
    backend: async (name, slowness = 1, change = (run) => run()) => {
      const backend = await createBackend();
      const random = randomFrom(name.length);
      const cost = (problem: ConvProblem): number => (slowness * multiplyAddsOf(problem) * (0.95 + 0.1 * random())) / MULTIPLY_ADDS_PER_MS;
      return withRuns(
        backend,
        name,
        (problem, run) => (lhs, options) =>
          change(async () => {
            const result = (await run(lhs, options)) as Tensor;
            now += cost(problem);
            return result;
          }),
      );
    },
  };
}
