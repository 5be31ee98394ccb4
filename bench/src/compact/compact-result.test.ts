/** What the page keeps of a result is the result, but for the digits that nobody reads. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkResult, readResultFile } from '../result/read-result-file.ts';
import { benchCase, benchResult, conformanceRun, measured, notMeasured, refused, testResult } from '../result/results.test.fixture.ts';
import { compactResult, expandResult } from './compact-result.ts';
import { listsOf, stepsOf } from './digits.ts';

const PUBLISHED = path.join(import.meta.dirname, '..', '..', 'results', 'published');
const published = ['.', 'peers'].flatMap((folder) =>
  readdirSync(path.join(PUBLISHED, folder))
    .filter((name) => name.endsWith('.json'))
    .map((name) => path.join(folder, name)),
);

/** Where two values differ by more than four digits show. */
function differences(a: unknown, b: unknown, where = ''): string[] {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= 5.1e-4 * Math.abs(b) ? [] : [`${where}: ${a} for ${b}`];
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b ? [] : [`${where}: ${String(a)}`];
  const [own, other] = [a, b] as Readonly<Record<string, unknown>>[];
  return [...new Set([...Object.keys(own), ...Object.keys(other)])].flatMap((key) => differences(own[key], other[key], `${where}.${key}`));
}

/** Through JSON, as it goes into the page. */
const roundTrip = (file: Parameters<typeof compactResult>[0], ids: readonly string[]): unknown =>
  expandResult(JSON.parse(JSON.stringify(compactResult(file, ids))) as ReturnType<typeof compactResult>, ids);

describe('a compact result', () => {
  it('is the result again, whether the page knows its tests or not', () => {
    const expectation = { query: 'golden:b*', status: 'unsupported', reason: 'no' } as const;
    const tests = [
      testResult('golden:c'),
      testResult('golden:a', { status: 'fail', ok: false, message: 'element [0]', snippet: 'x', replay: { seed: 1, path: '0:1' } }),
      refused('golden:b', 'of no entry'),
      refused('golden:bb', 'x'),
      testResult('golden:unknown', { status: 'timeout', ok: false, kernels: [] }),
      testResult('golden:d', { kernels: [testResult('').kernels[0], { kernel: 'other', errorOverBound: 0.5 }] }),
    ];
    tests[3] = { ...tests[3], expected: expectation };
    const run = conformanceRun('naive', tests, { expectations: [{ ...expectation, matches: 2 }] });
    const ids = ['golden:a', 'golden:b', 'golden:bb', 'golden:c', 'golden:d'];
    for (const known of [ids, []]) expect(checkResult(roundTrip({ kind: 'conformance', result: run }, known), 'x').result).toEqual(run);
    const bench = benchResult([benchCase('layer/small', [measured('naive', 16), notMeasured('peer', 'wrong', 'it is')])]);
    expect(checkResult(roundTrip({ kind: 'bench', result: bench }, []), 'x').result).toEqual(bench);
  });

  it.each(published)('says what the file says, and is a fraction of it (%s)', (name) => {
    const file = readResultFile(readFileSync(path.join(PUBLISHED, name), 'utf8'), name);
    const ids = file.kind === 'conformance' ? file.result.tests.map(({ id }) => id).toReversed() : [];
    const again = checkResult(roundTrip(file, ids), name);
    expect(differences(again.result, file.result)).toEqual([]);
    // A quick benchmark has few samples, and its kernels' reasons are as long as in any other.
    const most = file.kind === 'bench' && file.result.mode === 'quick' ? 0.8 : 0.5;
    expect(JSON.stringify(compactResult(file, ids)).length).toBeLessThan(most * JSON.stringify(file.result).length);
  });
});

describe('steps', () => {
  it('keep four digits of the smallest, in any order', () => {
    const lists = [[0.00061999, 0.00062265, 12.345678], [0.5, 0, 0.25], []];
    expect(listsOf(stepsOf(lists))).toEqual(
      [[0.00062, 0.0006227, 12.345678], [0.5, 0, 0.25], []].map((list) => list.map((value) => expect.closeTo(value, 6))),
    );
    expect(stepsOf([[0, 0]])).toEqual({ exponent: 0, lists: [[0, 0]] });
  });
});
