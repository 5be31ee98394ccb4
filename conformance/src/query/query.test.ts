import { expect, test } from 'vitest';
import { matcher } from './query.ts';

const id = 'golden:padding/same-lower-2d:dtype=float32';

test.each([
  [id, true],
  ['*', true],
  ['golden:*', true],
  ['*:dtype=float32', true],
  ['golden:*same-lower*float32', true],
  ['golden:padding/same-lower-2d', false],
  ['', false],
  ['GOLDEN:*', false],
])('%s selects the id: %s', (query, selected) => {
  expect(matcher(query)(id)).toBe(selected);
});

test('characters of regular expressions stand for themselves', () => {
  expect(matcher('a.b')('axb')).toBe(false);
  expect(matcher('pads=[(1,2)]')('pads=[(1,2)]')).toBe(true);
});
