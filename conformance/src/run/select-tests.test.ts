import { expect, test } from 'vitest';
import { CannotRun } from './cannot-run.ts';
import { parseShard, selectTests } from './select-tests.ts';

const tests = Array.from({ length: 11 }, (_, index) => ({
  id: `golden:${index}`,
  family: 'golden' as const,
  explain: () => ({}),
}));

test('every test is in exactly one shard, and shards differ in size by at most one', () => {
  const shards = [1, 2, 3].map((index) => selectTests(tests, { shard: { index, count: 3 } }));
  expect(shards.map(({ length }) => length)).toEqual([4, 4, 3]);
  expect(new Set(shards.flat().map(({ id }) => id)).size).toBe(11);
});

test('a filter comes before the split', () => {
  expect(selectTests(tests, { filter: 'golden:1*', shard: { index: 2, count: 2 } })).toMatchObject([{ id: 'golden:10' }]);
});

test('nothing is never green', () => {
  expect(() => selectTests(tests, { filter: 'nothing' })).toThrow(CannotRun);
  expect(() => selectTests(tests, { filter: 'golden:1', shard: { index: 2, count: 2 } })).toThrow(CannotRun);
});

test.each(['0/2', '3/2', '1', 'a/b', '1/2/3', ''])('%s is no shard', (text) => {
  expect(() => parseShard(text)).toThrow(CannotRun);
});
