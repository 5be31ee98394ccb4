/** Tuning, on candidates that only pretend to run. */
import { describe, expect, test } from 'vitest';
import { problemOf } from '../convolve.test.fixture.ts';
import type { Candidate } from '../plan/algorithm.ts';
import { plausible, tune } from './tune.ts';
import { Tunings } from './tunings.ts';

function candidate(kernel: string, cost: number): Candidate {
  return { kernel, cost, compiling: 0, reason: 'a test', errorBound: { kind: 'exact' }, bind: () => [] };
}

describe('plausible', () => {
  test('the cheapest first, each kernel once, nothing hopeless', () => {
    const candidates = [candidate('slow', 39), candidate('fast', 10), candidate('hopeless', 41), candidate('fast', 11)];
    expect(plausible(candidates).map(({ kernel }) => kernel)).toEqual(['fast', 'slow']);
  });

  test('not too many', () => {
    const many = Array.from({ length: 20 }, (_, index) => candidate(`${index}`, 10 + index));
    expect(plausible(many)).toHaveLength(8);
  });
});

describe('tune', () => {
  const candidates = [candidate('a', 10), candidate('b', 11), candidate('c', 12), candidate('d', 13)];

  test('takes the fastest that is right, whatever the model thought', async () => {
    const times: Readonly<Record<string, number>> = { a: 50, b: 5, c: 20 };
    const tuned = await tune(candidates, ({ kernel }) => {
      if (kernel === 'd') return Promise.reject(new Error('out of memory'));
      return Promise.resolve({ microseconds: times[kernel], isRight: kernel !== 'b' });
    });
    expect(tuned?.candidate.kernel).toBe('c');
    expect(tuned?.reasons).toEqual([
      'tuning a: 50 µs',
      'tuning b: wrong on this adapter',
      'tuning c: 20 µs',
      'tuning d: failed: out of memory',
    ]);
  });

  test('one at a time', async () => {
    let running = 0;
    await tune(candidates, async () => {
      running += 1;
      expect(running).toBe(1);
      await Promise.resolve();
      running -= 1;
      return { microseconds: 1, isRight: true };
    });
  });

  test('leaves it to the model where nothing is right', async () => {
    await expect(tune(candidates, () => Promise.resolve({ microseconds: 1, isRight: false }))).resolves.toBeUndefined();
  });
});

describe('Tunings', () => {
  const problem = problemOf([1, 1, 9], [1, 1, 3], [1], 'SAME');

  test('come back from JSON, on their own adapter only', () => {
    const tunings = new Tunings('lavapipe');
    expect(tunings.kernelFor(problem)).toBeUndefined();
    tunings.keep(problem, 'f32-lines-1x16');
    const file: unknown = JSON.parse(JSON.stringify(tunings));
    expect(new Tunings('lavapipe', file).kernelFor(problem)).toBe('f32-lines-1x16');
    const other = new Tunings('another', file);
    expect(other.kernelFor(problem)).toBeUndefined();
    other.keep(problem, 'f32-strips-8');
    expect(new Tunings('lavapipe', other.toJSON()).kernelFor(problem)).toBe('f32-lines-1x16');
  });

  test.each([
    null,
    [],
    7,
    { format: 2, kernels: {} },
    { format: 1 },
    { format: 1, kernels: { a: 3 } },
    { format: 1, kernels: { a: { p: 3 } } },
  ])('refuses %j', (file) => {
    expect(() => new Tunings('lavapipe', file)).toThrow(expect.objectContaining({ rule: 'backend/option' }));
  });
});
