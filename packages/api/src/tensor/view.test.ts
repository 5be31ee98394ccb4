import { expect, test } from 'vitest';
import { toNested } from './convert.ts';
import { tensor } from './create.ts';
import { castView, rearrange, type View } from './view.ts';

const matrix = tensor([1, 2, 3, 4, 5, 6], [2, 3]);

test.each<[string, Partial<View>, unknown]>([
  [
    'as it is',
    {},
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
  ],
  [
    'transposed',
    { shape: [3, 2], strides: [1, 3] },
    [
      [1, 4],
      [2, 5],
      [3, 6],
    ],
  ],
  [
    'reversed columns',
    { strides: [3, -1], offset: 2 },
    [
      [3, 2, 1],
      [6, 5, 4],
    ],
  ],
  [
    'repeated',
    { shape: [2, 2], strides: [0, 1] },
    [
      [1, 2],
      [1, 2],
    ],
  ],
  ['every second', { shape: [3], strides: [2] }, [1, 3, 5]],
  ['one element', { shape: [], strides: [], offset: 4 }, 5],
  ['empty', { shape: [0, 3], strides: [3, 1] }, []],
])('a view %s', (_, view, expected) => {
  expect(toNested(rearrange(matrix, { ...castView(matrix.shape, 'float32'), ...view }))).toEqual(expected);
});

test('a view casts and conjugates', () => {
  const z = tensor(
    [
      [1, 2],
      [3, -4],
    ],
    null,
    'complex64',
  );
  expect(toNested(rearrange(z, { ...castView([2], 'complex128'), conjugate: true }))).toEqual([
    [1, -2],
    [3, 4],
  ]);
  expect(toNested(rearrange(z, castView([2], 'float32')))).toEqual([1, 3]);
  expect(toNested(rearrange(matrix, castView([2, 3], 'int8')))).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ]);
});

test('the source is not modified and not shared', () => {
  const copy = rearrange(matrix, castView(matrix.shape, 'float32'));
  copy.data.fill(0 as never);
  expect(matrix.data[0]).toBe(1);
});
