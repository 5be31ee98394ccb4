/** The loop nest, by examples that can be worked out by hand. */
import { describe, expect, test } from 'vitest';
import { convolve, problemOf } from './convolve.test.fixture.ts';

const LINE = [1, 1, 4];
const x = [1, 2, 3, 4];
const w = [1, 10, 100];

describe('one dimension', () => {
  test.each([
    ['no padding', {}, [321, 432]],
    ['padding', { padding: [[1, 2]] }, [210, 321, 432, 43, 4]],
    ['stride', { padding: [[1, 1]], windowStrides: [2] }, [210, 432]],
    ['negative padding crops', { padding: [[-1, 2]] }, [432, 43, 4]],
    ['lhs dilation puts zeros between', { lhsDilation: [2] }, [201, 20, 302, 30, 403]],
    ['negative padding crops the dilated lhs', { lhsDilation: [2], padding: [[-1, 0]] }, [20, 302, 30, 403]],
    ['rhs dilation', { rhsDilation: [2], padding: [[1, 0]] }, [420]],
    ['window reversal', { windowReversal: [true] }, [123, 234]],
    ['a window in padding alone sums nothing', { padding: [[4, -3]] }, [0, 0, 100]],
  ] as const)('%s', async (_, fields, expected) => {
    expect(await convolve(problemOf(LINE, [1, 1, 3], fields), x, w)).toEqual(expected);
  });
});

test('no spatial dimension: a matrix product', async () => {
  expect(await convolve(problemOf([2, 2], [3, 2]), [1, 2, 3, 4], [1, 10, 100, 1000, 1, 1])).toEqual([21, 2100, 3, 43, 4300, 7]);
});

test('two dimensions take each its own stride and padding', async () => {
  const problem = problemOf([1, 1, 2, 3], [1, 1, 2, 1], {
    windowStrides: [1, 2],
    padding: [
      [1, 0],
      [0, 0],
    ],
  });
  expect(await convolve(problem, [1, 2, 3, 4, 5, 6], [1, 10])).toEqual([10, 30, 41, 63]);
});

test('three dimensions', async () => {
  expect(await convolve(problemOf([1, 1, 2, 2, 2], [1, 1, 2, 2, 2]), [1, 2, 3, 4, 5, 6, 7, 8], [1, 0, 0, 0, 0, 0, 0, 100])).toEqual([801]);
});

test('feature groups: block j of the features meets block j of the kernels', async () => {
  const problem = problemOf([1, 4], [2, 2], { featureGroupCount: 2 });
  expect(await convolve(problem, [1, 2, 3, 4], [1, 10, 100, 1000])).toEqual([21, 4300]);
});

test('batch groups: block j of the batch meets block j of the kernels, side by side in the features', async () => {
  const problem = problemOf([4, 1], [2, 1], { batchGroupCount: 2 });
  expect(await convolve(problem, [0, 1, 2, 3], [1, 10])).toEqual([0, 20, 1, 30]);
});

test('layouts: N last, the kernel as spatial, input, output', async () => {
  const problem = { ...problemOf([1, 2, 2], [2, 2, 1]), lhs: { shape: [2, 2, 1], dtype: 'float32' }, lhsSpec: [2, 1, 0] } as const;
  const relaid = {
    ...problem,
    rhs: { shape: [1, 2, 2], dtype: 'float32' },
    rhsSpec: [2, 1, 0],
    outSpec: [0, 2, 1],
    out: { shape: [1, 2, 2], dtype: 'float32' },
  } as const;
  // x[feature, position] = [[1, 3], [2, 4]]; w[output, input] = [[1, 100], [10, 1000]]
  expect(await convolve(relaid, [1, 2, 3, 4], [1, 10, 100, 1000])).toEqual([201, 2010, 403, 4030]);
});

test('infinity and NaN in the kernel do not meet padding, nor holes', async () => {
  expect(await convolve(problemOf([1, 1, 2], [1, 1, 2], { padding: [[1, 0]] }), [1, 2], [Infinity, 1])).toEqual([1, Infinity]);
  expect(await convolve(problemOf([1, 1, 2], [1, 1, 2], { lhsDilation: [2] }), [1, 2], [NaN, 1])).toEqual([NaN, 2]);
  expect(await convolve(problemOf([1, 1, 1], [1, 1, 1]), [NaN], [0])).toEqual([NaN]);
});
