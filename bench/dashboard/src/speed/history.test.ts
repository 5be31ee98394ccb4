import { expect, it } from 'vitest';
import { benchCase, benchResult, measured, notMeasured } from '../../../src/result/results.test.fixture.ts';
import { historyOf } from './history.ts';

it('takes the runs in which a cell has a time', () => {
  const runs = [
    benchResult([benchCase('a', [measured('wasm', 4)])], { startedAt: '2026-01-01T00:00:00.000Z' }),
    benchResult([benchCase('a', [notMeasured('wasm', 'wrong', 'no')])], { startedAt: '2026-01-02T00:00:00.000Z' }),
    benchResult([benchCase('b', [measured('wasm', 9)])], { startedAt: '2026-01-03T00:00:00.000Z' }),
    benchResult([benchCase('a', [measured('wasm', 2)])], { startedAt: '2026-01-04T00:00:00.000Z' }),
  ];
  expect(historyOf(runs, 'a', 'wasm').map(({ startedAt, median: { value } }) => [startedAt.slice(0, 10), value])).toEqual([
    ['2026-01-01', 4],
    ['2026-01-04', 2],
  ]);
});
