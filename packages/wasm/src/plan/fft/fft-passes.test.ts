/** The tables of a transform, against what they mean. */
import { expect, test } from 'vitest';
import { factorsOf, frequencies, radicesOf, roots } from './fft-passes.ts';

test('radices multiply to the length; fours come last, at most one two before them', () => {
  expect(radicesOf(1)).toEqual([]);
  expect(radicesOf(2)).toEqual([2]);
  expect(radicesOf(480)).toEqual([5, 3, 2, 4, 4]);
  expect(radicesOf(225)).toEqual([5, 5, 3, 3]);
  expect(radicesOf(14)).toBeNull();
});

test('a place holds the frequency that its digits spell, the first pass lowest', () => {
  expect([...frequencies([])]).toEqual([0]);
  expect([...frequencies([2, 3])]).toEqual([0, 2, 4, 1, 3, 5]);
  expect([...frequencies([5, 3, 2, 4])].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 120 }, (_, k) => k));
});

test.each([1, 2, 3, 4, 12, 15, 64])('roots of unity: %i', (length) => {
  const values = roots(length);
  for (let k = 0; k < length; k++) {
    expect(values[2 * k]).toBeCloseTo(Math.cos((2 * Math.PI * k) / length), 14);
    expect(values[2 * k + 1]).toBeCloseTo(-Math.sin((2 * Math.PI * k) / length), 14);
  }
});

test('the factors of a pass: each leg but the first, from the second place on', () => {
  const root = roots(24);
  const factors = factorsOf(3, 12, 24, root);
  expect(factors.length).toBe(2 * 2 * 3);
  const [place, leg] = [3, 2];
  const at = 2 * ((place - 1) * 2 + (leg - 1));
  expect(factors[at]).toBeCloseTo(Math.cos((2 * Math.PI * leg * place) / 12), 14);
  expect(factors[at + 1]).toBeCloseTo(-Math.sin((2 * Math.PI * leg * place) / 12), 14);
});
