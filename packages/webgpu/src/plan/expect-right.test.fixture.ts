/** For the tests of algorithms: one convolution of small integers by one algorithm, beside the formula. */
import type { ConvProblem } from '@laxconv/api/backend';
import { expect } from 'vitest';
import { expectedOf, integers, problemOf, wordsOf } from '../convolve.test.fixture.ts';
import { lower } from '../lower/lower.ts';
import type { AdapterFacts, Algorithm } from './algorithm.ts';
import type { TestGpu } from './test-gpu.test.fixture.ts';

/** How far off a result may be: a wrong term of an integer sum is off by 1 at least. */
export type Slack = 0 | 0.02;

/**
 * Holds the call's result to the formula; `algorithm` must take the problem.
 * @returns the kernel's name.
 */
export async function expectRight(
  gpu: TestGpu,
  { algorithm, facts = gpu.facts, slack = 0 }: { algorithm: Algorithm; facts?: AdapterFacts; slack?: Slack },
  ...call: Parameters<typeof problemOf>
): Promise<string> {
  return expectProblemRight(gpu, { algorithm, facts, slack }, problemOf(...call));
}

/** As expectRight, of a problem that no call of lax.convGeneralDilated gives. */
export async function expectProblemRight(
  gpu: TestGpu,
  { algorithm, facts = gpu.facts, slack = 0 }: { algorithm: Algorithm; facts?: AdapterFacts; slack?: Slack },
  problem: ConvProblem,
): Promise<string> {
  const { dtype } = problem.lhs;
  const [xs, ws] = [integers(problem.lhs.shape, dtype, 1), integers(problem.rhs.shape, dtype, 2)];
  const candidate = algorithm.consider(lower(problem), facts);
  if (typeof candidate === 'string') throw new Error(`${algorithm.name} refuses ${JSON.stringify(problem)}: ${candidate}`);
  const want = expectedOf(problem, xs, ws);
  // What is not written stands out.
  const before = wordsOf(
    dtype,
    want.map(() => 77),
  );
  const got = await gpu.run(candidate, wordsOf(dtype, xs), wordsOf(dtype, ws), before);
  const exact = wordsOf(dtype, want);
  const worst = Array.from(got).reduce((most, value, index) => Math.max(most, Math.abs(value - exact[index])), 0);
  expect({ problem, kernel: candidate.kernel, worst: worst <= slack ? 'small' : worst }).toEqual({
    problem,
    kernel: candidate.kernel,
    worst: 'small',
  });
  return candidate.kernel;
}
