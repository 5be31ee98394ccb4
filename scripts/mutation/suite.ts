/**
 * The conformance suite on the naive backend as a few dozen tests, one for each family of goldens and each rule: Stryker records for
 * every test what it covers and selects tests by their names, which for thousands of tests takes longer than running them.
 */
import { openSuite, type ConformanceTest } from '@laxconv/conformance';
import { createBackend } from '@laxconv/naive';
import { expect, test } from 'vitest';

/** Random runs for each property: the goldens hold most of what is mutated. */
const RUNS = 3;
const SEED = 1701;

/** Half of the suite's time, and nothing that smaller ones do not hold too: the notebook's pictures, and 32 runs at once. */
const SLOW = ['golden:seed', 'contract:concurrent-runs', 'contract:concurrent-plans'];

/** `golden:padding` of `golden:padding/same-lower-2d:dtype=float32`. */
function groupOf({ id }: ConformanceTest): string {
  return id.split('/')[0].split(':').slice(0, 2).join(':');
}

/** The first test that fails, and how. */
async function failure(tests: readonly ConformanceTest[]): Promise<unknown> {
  for (const each of tests) {
    try {
      await each.run({ backend, createBackend, seed: SEED, runs: RUNS, observe: () => undefined });
    } catch (error) {
      return [each.id, error];
    }
  }
  return undefined;
}

const { tests: all } = await openSuite();
const backend = await createBackend();
const groups = Map.groupBy(all, groupOf);

test.each([...groups].filter(([group]) => !SLOW.includes(group)))('%s', async (_, own) => {
  expect(await failure(own)).toBeUndefined();
});

test('every slow group is one', () => {
  expect(SLOW.filter((group) => !groups.has(group))).toEqual([]);
});
