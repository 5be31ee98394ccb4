import type { RuleId } from '@laxconv/api';
import { expect, test } from 'vitest';
import { openSuite } from './open-suite.ts';
import { quickSubset } from './quick-subset.ts';
import { FAMILIES, type ConformanceTest } from './test.ts';

const { tests } = await openSuite();
const quick = quickSubset(tests);

interface Golden {
  readonly call: { readonly fn: string; readonly operands: readonly { readonly dtype?: string }[] };
  readonly outcome: { readonly rule?: RuleId };
}

const goldens = (of: readonly ConformanceTest[]): Golden[] =>
  of.filter(({ family }) => family === 'golden' || family === 'validation').map((each) => each.explain() as Golden);
const distinct = (values: readonly string[]): string[] => [...new Set(values)].toSorted();

test('has every function with every dtype, every rule, and every family that the suite has', () => {
  const calls = (of: readonly ConformanceTest[]): string[] =>
    distinct(goldens(of).map(({ call: { fn, operands }, outcome: { rule } }) => `${fn} ${operands[0]?.dtype} ${rule}`));
  expect(calls(quick)).toEqual(calls(tests));
  expect(distinct(quick.map(({ family }) => family))).toEqual([...FAMILIES].toSorted());
});

test('is a part of the suite, in its order, and far from a handful', () => {
  expect(quick.length).toBeGreaterThan(1500);
  expect(quick.length).toBeLessThan(tests.length / 2);
  const places = quick.map((each) => tests.indexOf(each));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});

test('does not depend on the rest of the suite: the subset of the subset is itself', () => {
  expect(quickSubset(quick)).toEqual(quick);
});
