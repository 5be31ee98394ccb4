import { expect, it } from 'vitest';
import { countOf, formatMs, formatNumber, formatPercent } from './format.ts';

it('writes durations in the unit that suits them', () => {
  expect([1234, 45.6, 0.5, 0.000789, Number.NaN].map(formatMs)).toEqual(['1.23 s', '45.6 ms', '500 µs', '0.789 µs', '–']);
});

it('writes numbers to three digits', () => {
  expect([0, 12.345, 1234, 0.00012, 2.5e9].map(formatNumber)).toEqual(['0', '12.3', '1,234', '1.2e-4', '2.5e+9']);
});

it('writes percentages and counts', () => {
  expect([0, 0.0042, 0.384, 1].map(formatPercent)).toEqual(['0 %', '0.42 %', '38.4 %', '100 %']);
  expect([countOf(1, 'test'), countOf(1200, 'test'), countOf(2, 'entry', 'entries')]).toEqual(['1 test', '1,200 tests', '2 entries']);
});
