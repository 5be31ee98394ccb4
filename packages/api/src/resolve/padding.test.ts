import { describe, expect, test } from 'vitest';
import { ruleOf } from '../rule-of.test.fixture.ts';
import { dilate } from '../problem/sizes.ts';
import { resolvePadding, type PaddingArguments } from './padding.ts';

/** One kernel size per input size; layouts NC…, OI…. */
function pads(input: readonly number[], kernel: readonly number[], args: PaddingArguments): unknown {
  const axes = [0, 1, ...input.map((_, d) => d + 2)];
  return resolvePadding('lax.conv', [1, 1, ...input], [1, 1, ...kernel], { lhsSpec: axes, rhsSpec: axes, outSpec: axes }, args);
}

test('dilate puts d − 1 holes between elements', () => {
  expect(
    [
      [3, 1],
      [3, 2],
      [1, 5],
      [0, 1],
      [0, 3],
    ].map(([size, dilation]) => dilate(size, dilation)),
  ).toEqual([3, 5, 1, 0, 0]);
});

describe('strings', () => {
  test.each<[string, number, number, number, number | undefined, readonly [number, number]]>([
    ['SAME', 5, 3, 1, undefined, [1, 1]],
    ['SAME', 5, 2, 1, undefined, [0, 1]],
    ['SAME_LOWER', 5, 2, 1, undefined, [1, 0]],
    ['same_Lower', 5, 4, 2, undefined, [2, 1]],
    ['SAME', 6, 3, 2, undefined, [0, 1]],
    ['SAME', 4, 1, 3, undefined, [0, 0]], // never crops
    ['same', 5, 2, 1, 3, [1, 2]],
    ['SAME', 0, 3, 1, undefined, [1, 1]],
    ['SAME', 1, 3, 4, undefined, [1, 1]],
    ['vAlId', 5, 3, 2, 2, [0, 0]],
  ])('%s of %i by %i, stride %i, dilation %o', (padding, input, kernel, stride, dilation, expected) => {
    const args = { padding, windowStrides: [stride], rhsDilation: dilation === undefined ? null : [dilation] };
    expect(pads([input], [kernel], args)).toEqual([expected]);
  });

  test('a list of one is stretched, as in NumPy; what is too short cuts dimensions off', () => {
    expect(pads([4, 5], [2, 3], { padding: 'SAME', windowStrides: [1] })).toEqual([
      [0, 1],
      [1, 1],
    ]);
    expect(pads([4], [2], { padding: 'SAME', windowStrides: [1, 1] })).toEqual([
      [0, 1],
      [0, 1],
    ]);
    expect(pads([4], [2], { padding: 'SAME', windowStrides: [1], rhsDilation: [] })).toEqual([]);
    expect(pads([4], [2], { padding: 'SAME', windowStrides: [] })).toEqual([]);
    expect(pads([4, 5], [2, 3], { padding: 'VALID', rhsDilation: [2] })).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  test.each<[string, PaddingArguments, string]>([
    ['an unknown one', { padding: 'FULL' }, 'padding/string'],
    ['none', { padding: '' }, 'padding/string'],
    ['with a space', { padding: 'SAME ' }, 'padding/string'],
    ['that upper case makes no word', { padding: 'ſame\u0307' }, 'padding/string'],
    ['an unknown one before strides', { padding: 'FULL', windowStrides: 1.5 }, 'padding/string'],
    ['with lhs dilation', { padding: 'VALID', lhsDilation: [2, 1] }, 'padding/string-with-lhs-dilation'],
    ['with a zero lhs dilation', { padding: 'SAME', lhsDilation: [0, 1] }, 'padding/string-with-lhs-dilation'],
    ['with a fractional lhs dilation', { padding: 'SAME', lhsDilation: [1.5, 1] }, 'padding/string-with-lhs-dilation'],
    ['with a scalar lhs dilation', { padding: 'SAME', lhsDilation: 1 }, 'dilation/type'],
    ['with a scalar rhs dilation', { padding: 'FULL', rhsDilation: 1 }, 'dilation/type'],
    ['with a fractional rhs dilation', { padding: 'VALID', rhsDilation: [1.5, 1] }, 'dilation/type'],
    ['without strides', { padding: 'SAME' }, 'window-strides/type'],
    ['with fractional strides', { padding: 'SAME', windowStrides: [1.5, 1] }, 'window-strides/type'],
    ['with too many strides', { padding: 'SAME', windowStrides: [1, 1, 1] }, 'window-strides/count'],
    ['with too few', { padding: 'SAME', windowStrides: [] }, 'window-strides/count'],
    ['with no rhs dilation at rank 2', { padding: 'SAME', windowStrides: [1, 1], rhsDilation: [] }, 'dilation/count'],
  ])('%s: refused', (_, args, rule) => {
    expect(ruleOf(() => pads([4, 4], [2, 2], args))).toBe(rule);
  });

  test('an all-ones lhs dilation of any length goes with a string', () => {
    expect(pads([4], [2], { padding: 'VALID', lhsDilation: [1, 1, 1] })).toEqual([[0, 0]]);
    expect(pads([4], [2], { padding: 'VALID', lhsDilation: [] })).toEqual([[0, 0]]);
  });
});

describe('pairs', () => {
  test('of any sign, any number and any kind of list', () => {
    expect(
      pads([4], [2], {
        padding: [
          [-1, 2],
          [0, -3],
        ],
      }),
    ).toEqual([
      [-1, 2],
      [0, -3],
    ]);
    expect(pads([4], [2], { padding: [] })).toEqual([]);
    expect(pads([4], [2], { padding: [new Int32Array([1, 2])] })).toEqual([[1, 2]]);
  });

  const sparse: unknown[] = [];
  sparse.length = 2;
  test.each([
    [null],
    [undefined],
    [1],
    [[1, 1]],
    [[[1]]],
    [[[1, 2, 3]]],
    [[[1.5, 0]]],
    [[[NaN, 0]]],
    [[['1', 0]]],
    [[[true, 0]]],
    [['ab']],
    [[[[1], 0]]],
    [{}],
    [[null]],
    [sparse],
    [[sparse]],
    [[[2 ** 60, 0]]],
  ])('%o is refused', (padding) => {
    expect(ruleOf(() => pads([4], [2], { padding }))).toBe('padding/pairs');
  });
});
