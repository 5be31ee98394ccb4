/** The cases are data; these are the rules that the data obeys. */
import { DTYPES } from '@laxconv/api/backend';
import { describe, expect, it } from 'vitest';
import { multiplyAddsOf } from '../runner/multiply-adds.ts';
import { CASES } from './cases.ts';
import { FAMILY_CASES } from './family-cases.ts';
import { operandOf } from './operands.ts';
import { problemOf } from './task-of.ts';

describe('the cases', () => {
  it('have names of their own', () => {
    const names = [...CASES, ...FAMILY_CASES].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each([...CASES, ...FAMILY_CASES])('$name is one convolution, and a sentence says what it is', (benchCase) => {
    const problem = problemOf(benchCase);
    expect(multiplyAddsOf(problem)).toBeGreaterThan(0);
    expect(benchCase.name).toMatch(/^[a-z]+\/[a-z0-9-]+$/);
    expect(benchCase.about.length).toBeGreaterThan(20);
  });

  it('are quick where they say so: small enough for a backend of plain loops', () => {
    const work = CASES.filter(({ quick }) => quick).map((benchCase) => multiplyAddsOf(problemOf(benchCase)));
    expect(Math.max(...work)).toBeLessThan(2e8);
  });

  it('know the gradients of a layer', () => {
    const [lhs, rhs] = ['gradient/lhs-3x3-56x56x64-64', 'gradient/rhs-3x3-56x56x64-64'].map((name) => {
      const found = CASES.find((benchCase) => benchCase.name === name);
      if (found === undefined) throw new Error(`no case ${name}`);
      return problemOf(found);
    });
    expect(lhs.windowReversal).toEqual([true, true]);
    expect(lhs.out.shape).toEqual([1, 56, 56, 64]);
    expect(rhs.out.shape).toEqual([3, 3, 64, 64]);
  });
});

describe('operandOf', () => {
  it('is the same for the same seed, and another for another', () => {
    const spec = { shape: [4], dtype: 'float32' } as const;
    expect(operandOf(spec, 'uniform', 1)).toEqual(operandOf(spec, 'uniform', 1));
    expect(operandOf(spec, 'uniform', 1)).not.toEqual(operandOf(spec, 'uniform', 2));
  });

  it.each(Object.keys(DTYPES) as (keyof typeof DTYPES)[])('fills %s', (dtype) => {
    const { data } = operandOf({ shape: [3, 5], dtype }, 'uniform', 3);
    expect(data).toHaveLength(15 * DTYPES[dtype].components);
    expect(new Set(data as Iterable<unknown>).size).toBeGreaterThan(1);
  });

  it('makes the Gaussian of the notebook: separable, and of sum 1', () => {
    const { data } = operandOf({ shape: [1, 1, 7, 7], dtype: 'float64' }, 'gaussian', 1);
    const at = (row: number, column: number): number => data[row * 7 + column] as number;
    expect([...(data as Float64Array)].reduce((sum, value) => sum + value, 0)).toBeCloseTo(1);
    expect(at(1, 2) * at(3, 3)).toBeCloseTo(at(1, 3) * at(3, 2));
    expect(at(0, 3) / at(3, 3)).toBeCloseTo(Math.exp(-4.5));
  });
});
