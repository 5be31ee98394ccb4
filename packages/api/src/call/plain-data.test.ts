import { describe, expect, test } from 'vitest';
import { copyOfPlain, isSamePlain, NOT_PLAIN } from './plain-data.ts';

/** As text, since test runners take a few of these for equal. */
const DISTINCT: readonly (readonly [string, unknown])[] = [
  ['undefined', undefined],
  ['null', null],
  ['0', 0],
  ['−0', -0],
  ['NaN', NaN],
  ['1', 1],
  ["'1'", '1'],
  ['true', true],
  ["'true'", 'true'],
  ['[]', []],
  ['[1]', [1]],
  ["['1']", ['1']],
  ['[[1]]', [[1]]],
  ['[1, 1]', [1, 1]],
  ['[1, 2]', [1, 2]],
  ['[11]', [11]],
  ['[null]', [null]],
  ['{}', {}],
  ['{ 0: 1 }', { 0: 1 }],
  ['{ a: 1 }', { a: 1 }],
  ["{ a: '1' }", { a: '1' }],
  ['{ b: 1 }', { b: 1 }],
  ['{ a: undefined }', { a: undefined }],
  ['{ a: 1, b: 1 }', { a: 1, b: 1 }],
  ['{ a: [1] }', { a: [1] }],
];

describe.each(DISTINCT)('%s', (text, value) => {
  test('is the same as its copy, and as nothing else', () => {
    const same = DISTINCT.filter(([, other]) => isSamePlain(copyOfPlain(value), other));
    expect(same.map(([name]) => name)).toEqual([text]);
  });
});

test('the order of names is free', () => {
  expect(isSamePlain(copyOfPlain({ a: 1, b: [[2]] }), { b: [[2]], a: 1 })).toBe(true);
});

describe('what is no plain data', () => {
  const cyclic: unknown[] = [];
  cyclic.push(cyclic);
  const itself: Record<string, unknown> = {};
  itself['self'] = itself;
  const sparse: unknown[] & { extra?: number } = [1];
  sparse.length = 2;
  sparse.extra = 1;
  test.each<[string, unknown]>([
    ['a bigint', 1n],
    ['a symbol', Symbol('s')],
    ['a function', () => 1],
    ['a typed array', new Int32Array(1)],
    ['a Map', new Map()],
    ['a Date', new Date()],
    ['an object without a prototype', Object.create(null)],
    ['an array that contains itself', cyclic],
    ['an object that contains itself', itself],
    ['an array with a hole', sparse],
    ['an array with undefined', [undefined]],
    ['a function in arrays', [[() => 1]]],
    ['a function in an object', { precision: () => 'high' }],
    ['an array that claims to be endless', new Array(2 ** 32 - 1)],
    ['a long array', Array.from({ length: 1025 }, () => 0)],
    ['a long string', 'N'.repeat(1025)],
  ])('%s', (_, value) => {
    expect(copyOfPlain(value)).toBe(NOT_PLAIN);
  });
});

test('up to a length and a depth', () => {
  const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);
  for (const value of ['N'.repeat(1024), Array.from({ length: 1024 }, () => 0), nested(8)]) expect(copyOfPlain(value)).toEqual(value);
  expect(copyOfPlain(nested(9))).toBe(NOT_PLAIN);
});

describe('what is not the same, though it reads alike', () => {
  test.each<[string, unknown, unknown]>([
    ['a typed array', [1], new Int32Array([1])],
    ['an object with length and elements', [1], { length: 1, 0: 1 }],
    ['an array with these names', { 0: 1 }, [1]],
    ['an object of a class', { a: 1 }, Object.assign(Object.create({}), { a: 1 })],
    ['an object without a prototype', { a: 1 }, Object.assign(Object.create(null), { a: 1 })],
    ['an object that hides a name', { a: 1 }, Object.defineProperty({}, 'a', { value: 1 })],
    ['an array with a hole', [1, null], Object.assign([], { 0: 1, length: 2 })],
  ])('%s', (_, known, given) => {
    expect(isSamePlain(copyOfPlain(known), given)).toBe(false);
  });
});

test('copies share nothing with what they are of', () => {
  const options = { padding: [[0, 1]], precision: null };
  const copy = copyOfPlain(options);
  options.padding[0][0] = 7;
  options.padding.push([2, 2]);
  expect(copy).toEqual({ padding: [[0, 1]], precision: null });
});
