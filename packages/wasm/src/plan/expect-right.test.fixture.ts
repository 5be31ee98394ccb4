/** For the tests of algorithms: one convolution of small integers by one algorithm, beside the formula. */
import type { ConvProblem } from '@laxconv/api/backend';
import { expect } from 'vitest';
import { convolve, expectedOf, integers, problemOf } from '../convolve.test.fixture.ts';
import type { Machine } from '../program/machine.ts';
import type { Algorithm } from './algorithm.ts';

function wrapped(value: number, { out }: ConvProblem): number {
  return out.dtype === 'int8' ? (value << 24) >> 24 : value;
}

/** Holds the call's result to the formula, exactly; `algorithm` must take the problem. */
export async function expectRight(machine: Machine, algorithm: Algorithm, ...call: Parameters<typeof problemOf>): Promise<void> {
  const problem = problemOf(...call);
  const { dtype } = problem.lhs;
  const [lhs, rhs] = [integers(problem.lhs.shape, dtype, 1), integers(problem.rhs.shape, dtype, 2)];
  const { kernel, out } = await convolve(machine, problem, lhs, rhs, [algorithm]);
  expect(kernel).toContain(algorithm.name);
  expect({ call, out }).toEqual({ call, out: expectedOf(problem, lhs, rhs).map((value) => wrapped(value, problem)) });
}
