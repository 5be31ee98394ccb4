/** What is right passes: naive under several seeds, and naive inside the wrapper that the broken backends are made with. */
import { createBackend } from '@laxconv/naive';
import { describe, expect, test } from 'vitest';
import { withFault } from './broken/broken-backend.ts';
import { firstCatch } from './catch.ts';
import { testsOf } from './families.ts';

const FAMILIES = ['golden', 'property', 'differential', 'contract'] as const;

/** Goldens have no seed. */
const SEEDS = { golden: [0], property: [0, -7, 2 ** 31], differential: [0, -7, 2 ** 31], contract: [0] } as const;

describe.each(FAMILIES)('the %s family', (family) => {
  test.each(SEEDS[family])('passes naive with seed %i', async (seed) => {
    expect(await firstCatch(await testsOf(family), createBackend, seed, 8)).toBeUndefined();
  });

  test('passes naive behind a wrapper that changes nothing', async () => {
    const create = () => withFault((convolve, problem, lhs, rhs) => convolve(problem, lhs, rhs));
    expect(await firstCatch(await testsOf(family, ['float32', 'bfloat16', 'bool', 'int64']), create, 3)).toBeUndefined();
  });
});
