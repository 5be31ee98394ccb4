/** The gradient family notices what goes wrong in gradients only, and passes what is right. A test's name says which test notices. */
import { createBackend } from '@laxconv/naive';
import { describe, expect, test } from 'vitest';
import { gradientTests } from '../src/families/gradient/index.ts';
import { withFault } from './broken/broken-backend.ts';
import { GRADIENT_FAULTS } from './broken/gradient-faults.ts';
import { firstCatch } from './catch.ts';

const SEED = 20_261_123;
const TESTS = gradientTests();

describe('a backend with broken gradients is caught', () => {
  test.each(GRADIENT_FAULTS.map((fault) => [fault.name, fault.caughtBy, fault] as const))('%s: by %s', async (_, prefix, fault) => {
    const tests = TESTS.filter(({ id }) => id.startsWith(prefix) && id.endsWith(`dtype=${fault.dtype}`));
    const caught = await firstCatch(tests, fault.create, SEED);
    expect(caught, 'nothing noticed').toBeDefined();
    expect(caught?.message).not.toBe('');
  });
});

describe('the gradient family', () => {
  test('has names of its own for its tests', () => {
    expect(new Set(TESTS.map(({ id }) => id)).size).toBe(TESTS.length);
    expect(TESTS.filter(({ id, family }) => family !== 'gradient' || !/^gradient:[\w/-]+:dtype=\w+$/.test(id))).toEqual([]);
  });

  test.each([0, 1, -7, 2 ** 31])('passes naive with seed %i', async (seed) => {
    expect(await firstCatch(TESTS, createBackend, seed, 10)).toBeUndefined();
  });

  test('passes naive behind a wrapper that changes nothing', async () => {
    const create = () => withFault((convolve, problem, lhs, rhs) => convolve(problem, lhs, rhs));
    const tests = TESTS.filter(({ id }) => /dtype=(float32|bfloat16|complex64|int8)$/.test(id));
    expect(await firstCatch(tests, create, 3)).toBeUndefined();
  });
});
