/** What counts as work, by examples that can be counted by hand. */
import { resolve } from '@laxconv/api';
import { expect, test } from 'vitest';
import { multiplyAddsOf } from './multiply-adds.ts';

function workOf(lhs: number[], rhs: number[], strides: number[], padding: unknown, options: object = {}): number {
  const operands = [lhs, rhs].map((shape) => ({ shape, dtype: 'float32' as const }));
  const [problem] = resolve({ fn: 'lax.convGeneralDilated', operands, args: [strides, padding, options] });
  if (problem === undefined) throw new Error('no problem');
  return multiplyAddsOf(problem);
}

test('a layer: outputs times products, padding included', () => {
  expect(workOf([2, 3, 8, 8], [5, 3, 3, 3], [1, 1], 'SAME')).toBe(2 * 5 * 64 * 27);
});

test('groups split the features', () => {
  expect(workOf([1, 4, 8], [4, 1, 3], [1], 'SAME', { featureGroupCount: 4 })).toBe(4 * 8 * 3);
});

test('the zeros of an lhs dilation are no work', () => {
  // x₀ 0 x₁ 0 x₂, a window of 2: every output meets one element.
  expect(workOf([1, 1, 3], [1, 1, 2], [1], [[0, 0]], { lhsDilation: [2] })).toBe(4);
  // With a stride of 2 the first tap alone meets elements.
  expect(workOf([1, 1, 3], [1, 1, 2], [2], [[0, 0]], { lhsDilation: [2] })).toBe(2);
});
