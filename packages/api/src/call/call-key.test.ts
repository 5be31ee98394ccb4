import { expect, test } from 'vitest';
import { callKey, copyOfPlain } from './call-key.ts';

const spec = (dtype: 'float32' | 'float64', ...shape: number[]) => ({ dtype, shape });
const keyOf = (...args: unknown[]): string | undefined => callKey('lax.conv', [spec('float32', 1, 2)], args);

test('calls that differ have different keys', () => {
  const keys = [
    callKey('lax.conv', [], []),
    callKey('lax.convTranspose', [], []),
    callKey('lax.conv', [spec('float32', 1, 2)], []),
    callKey('lax.conv', [spec('float64', 1, 2)], []),
    callKey('lax.conv', [spec('float32', 12)], []),
    callKey('lax.conv', [spec('float32', 1), spec('float32', 2)], []),
    ...[undefined, null, 0, -0, NaN, 1, '1', [1], ['1'], [[1]], [1, 1], [11], true, 'true', {}, { a: 1 }, { b: 1 }, { a: '1' }].map((arg) =>
      keyOf(arg),
    ),
    keyOf('a|b'),
    keyOf('a', 'b'),
    keyOf(undefined, 1),
    keyOf([undefined]),
    keyOf([null]),
    keyOf([]),
    keyOf({ a: undefined }),
  ];
  expect(keys).not.toContain(undefined);
  expect(new Set(keys).size).toBe(keys.length);
});

test('equal calls have one key', () => {
  expect(keyOf([1, 1], { precision: 'high', axes: [[0, 1]] })).toBe(keyOf([1, 1], { precision: 'high', axes: [[0, 1]] }));
});

test('what is no plain data has none', () => {
  const cyclic: unknown[] = [];
  cyclic.push(cyclic);
  const sparse: unknown[] = [1];
  sparse.length = 2;
  for (const arg of [
    1n,
    Symbol('s'),
    () => 1,
    new Int32Array(1),
    new Map(),
    new Date(),
    Object.create(null),
    cyclic,
    sparse,
    [[() => 1]],
  ]) {
    expect(keyOf(arg)).toBeUndefined();
  }
});

test('neither has a shape that is none, nor what is far too long', () => {
  for (const shape of [[Symbol('s')], [Object.create(null)], new Array(2 ** 32 - 1)]) {
    expect(callKey('lax.conv', [{ dtype: 'float32', shape: shape as number[] }], [])).toBeUndefined();
  }
  expect(keyOf(new Array(2 ** 32 - 1))).toBeUndefined();
  expect(keyOf('N'.repeat(2 ** 20))).toBeUndefined();
});

test('a hole is not made up for by a property', () => {
  const sparse: unknown[] & { extra?: number } = [1];
  sparse.length = 2;
  sparse.extra = 1;
  expect(keyOf(sparse)).toBeUndefined();
});

test('up to a length and a depth', () => {
  expect(keyOf('N'.repeat(1024))).toBeDefined();
  expect(keyOf('N'.repeat(1025))).toBeUndefined();
  expect(keyOf(Array.from({ length: 1024 }, () => 0))).toBeDefined();
  expect(keyOf(Array.from({ length: 1025 }, () => 0))).toBeUndefined();
  const cyclic: Record<string, unknown> = {};
  cyclic['self'] = cyclic;
  expect(keyOf(cyclic)).toBeUndefined();
  expect(keyOf({ precision: () => 'high' })).toBeUndefined();
});

test('copies share nothing with what they are of', () => {
  const options = { padding: [[0, 1]], precision: null };
  const copy = copyOfPlain(options);
  options.padding[0][0] = 7;
  options.padding.push([2, 2]);
  expect(copy).toEqual({ padding: [[0, 1]], precision: null });
});
