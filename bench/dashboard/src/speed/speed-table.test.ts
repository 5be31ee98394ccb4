import { describe, expect, it } from 'vitest';
import type { BenchResult } from '../../../src/result/result.ts';
import { benchCase, benchResult, measured, notMeasured } from '../../../src/result/results.test.fixture.ts';
import { sortRows } from './sort-rows.ts';
import { columnsOf, speedTable, standingOf, usualBase, usualRun, type SpeedCell, type SpeedFilters } from './speed-table.ts';

const ALL: SpeedFilters = { backend: null, dtype: null, family: null, everyWay: false };

const RUN = benchResult(
  [
    benchCase('layer/a', [measured('naive', 8), measured('wasm', 2), measured('peer', 4)]),
    benchCase('layer/b', [
      measured('naive', 1),
      notMeasured('wasm', 'wrong', 'element [0]'),
      measured('peer', 1, { rounds: [[1.05], [0.95], [1], [1.02], [0.97]] }),
    ]),
    benchCase('signal/c', [measured('naive', 1), measured('wasm', 4), measured('naive · lax.conv', 2)], 'float64'),
    benchCase('overhead/d', [measured('idle', 1)]),
  ],
  { peers: [{ name: 'peer', about: 'a library', notRun: null }] },
);

const kinds = (cells: ReadonlyMap<string, SpeedCell>): string[] =>
  [...cells].map(
    ([name, cell]) => `${name} ${cell.kind === 'time' ? cell.standing : cell.kind === 'none' ? cell.result.status : cell.kind}`,
  );

describe('speedTable', () => {
  it('says of each cell how it stands to the base, and keeps what has no time in its place', () => {
    const { rows } = speedTable(RUN, ALL, 'naive');
    expect(rows.map(({ cells }) => kinds(cells))).toEqual([
      ['naive base', 'wasm faster', 'peer faster'],
      ['naive base', 'wasm wrong', 'peer same'],
      ['naive base', 'wasm slower', 'peer absent'],
    ]);
  });

  it('has no ratio where the base has no time', () => {
    const { rows } = speedTable(RUN, ALL, 'wasm');
    expect(kinds(rows[1].cells)).toEqual(['naive no base', 'wasm wrong', 'peer no base']);
  });

  it('takes the geometric mean over the cases that both have', () => {
    const { means } = speedTable(RUN, ALL, 'naive');
    expect(means.get('wasm')?.ratio).toBeCloseTo(1, 10); // a quarter, and four times
    expect(means.get('wasm')?.cases).toBe(2);
    expect(means.has('naive')).toBe(false);
    // A mean of what was right must not pass for the rest.
    expect([means.get('wasm')?.wrong, means.get('peer')?.wrong]).toEqual([1, 0]);
  });

  it('leaves out what the filters leave out', () => {
    const names = (filters: Partial<SpeedFilters>): string[][] => {
      const { columns, rows } = speedTable(RUN, { ...ALL, ...filters }, 'naive');
      return [columns.map(({ name }) => name), rows.map(({ benchCase: { name } }) => name)];
    };
    expect(names({ backend: 'ours' })[0]).toEqual(['naive', 'wasm']);
    expect(names({ backend: 'peers' })).toEqual([['peer'], ['layer/a', 'layer/b']]);
    expect(names({ backend: 'wasm' })[0]).toEqual(['wasm']);
    expect(names({ dtype: 'float64' })[1]).toEqual(['signal/c']);
    expect(names({ family: 'layer' })[1]).toEqual(['layer/a', 'layer/b']);
    expect(names({ everyWay: true })).toEqual([
      ['naive', 'wasm', 'naive · public function', 'idle', 'peer'],
      ['layer/a', 'layer/b', 'signal/c', 'overhead/d'],
    ]);
  });

  it('has a column for every way into a backend, whatever the function is called', () => {
    expect(columnsOf(RUN).map(({ name, isPeer }) => [name, isPeer])).toContainEqual(['naive · public function', false]);
  });
});

describe('standingOf', () => {
  it('is faster or slower only where the interval leaves out 1', () => {
    expect(standingOf({ value: 0.9, low: 0.8, high: 0.99 })).toBe('faster');
    expect(standingOf({ value: 0.9, low: 0.8, high: 1 })).toBe('same');
    expect(standingOf({ value: 1.1, low: 1, high: 1.2 })).toBe('same');
    expect(standingOf({ value: 1.1, low: 1.01, high: 1.2 })).toBe('slower');
  });
});

describe('sortRows', () => {
  const { rows } = speedTable(RUN, ALL, 'naive');
  const order = (by: string, descending: boolean): string[] => sortRows(rows, { by, descending }).map(({ benchCase: { name } }) => name);

  it('sorts by ratio, the base by time, and puts what has no time last either way', () => {
    expect(order('wasm', false)).toEqual(['layer/a', 'signal/c', 'layer/b']);
    expect(order('wasm', true)).toEqual(['signal/c', 'layer/a', 'layer/b']);
    expect(order('naive', true)[0]).toBe('layer/a');
    expect(order('case', true)).toEqual(['signal/c', 'layer/b', 'layer/a']);
    expect(sortRows(rows, null)).toBe(rows);
  });
});

describe('what is shown at first', () => {
  const ran = { peers: [{ name: 'peer', about: 'a library', notRun: null }] };
  const missing = { peers: [{ name: 'peer', about: 'a library', notRun: 'not installed' }] };
  const [one, two] = [[benchCase('a/b', [measured('naive', 1)])], [benchCase('a/b', []), benchCase('a/c', [])]];
  const at = (startedAt: string, cases: typeof one, rest: object): BenchResult => benchResult(cases, { startedAt, ...rest });

  it('is the newest of the largest runs with other libraries', () => {
    const runs = [at('1', two, ran), at('2', two, ran), at('3', one, ran), at('4', two, missing), at('5', two, {})];
    expect(usualRun(runs)?.startedAt).toBe('2');
    expect(usualRun(runs.slice(3))?.startedAt).toBe('5');
    expect(usualRun([])).toBeUndefined();
  });

  it('is compared with the last of ours beside other libraries, else with the first', () => {
    expect(usualBase(RUN)).toBe('wasm');
    expect(usualBase({ ...RUN, peers: [], cases: RUN.cases.slice(2) })).toBe('naive');
  });
});
