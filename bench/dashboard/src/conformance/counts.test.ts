import { describe, expect, it } from 'vitest';
import type { SuiteIndex } from '../../../src/report/suite-index.ts';
import { conformanceRun, refused, testResult } from '../../../src/result/results.test.fixture.ts';
import { glanceLine, reasonsOf, supportLines, supportOf } from '../support/support-table.ts';
import { countTests, pivot } from './counts.ts';
import { backendNames, testRecords } from './test-record.ts';

const SUITE: SuiteIndex = {
  'golden:a:x=1': { fn: 'lax.conv', dtype: 'float32', about: '', explain: {} },
  'golden:b:x=1': { fn: 'lax.conv', dtype: 'int8', about: '', explain: {} },
  'differential:strides:dtype=int8': { fn: null, dtype: 'int8', about: 'Strides.', explain: {} },
  'differential:strides/odd:dtype=float32': { fn: null, dtype: 'float32', about: 'Strides.', explain: {} },
};

const ONE = conformanceRun(
  'one',
  Object.keys(SUITE).map((id) => testResult(id)),
);
const OTHER = conformanceRun('other', [
  testResult('golden:a:x=1', { status: 'fail', ok: false, message: 'wrong' }),
  refused('golden:b:x=1', 'no int8'),
  refused('differential:strides:dtype=int8', 'no int8'),
  testResult('differential:strides/odd:dtype=float32'),
  testResult('golden:of-another-suite'),
]);
const RECORDS = testRecords([ONE, OTHER], SUITE);

describe('pivot', () => {
  it('counts by function, dtype and backend', () => {
    const { rows, columns, recordsOf } = pivot(RECORDS, 'function', 'backend');
    expect(rows).toEqual(['lax.conv', 'the backend itself (differential)', 'unknown']);
    expect(columns).toEqual(['one', 'other']);
    expect(countTests(recordsOf('lax.conv', 'other'))).toEqual({ tests: 2, passed: 0, refused: 1, failed: 1, unexpected: 1 });
    expect(countTests(recordsOf(null, 'one'))).toEqual({ tests: 4, passed: 4, refused: 0, failed: 0, unexpected: 0 });
    expect(recordsOf(null, null)).toHaveLength(9);
    expect(recordsOf('unknown', 'one')).toEqual([]);
  });

  it('has dtypes in their own order', () => {
    expect(pivot(RECORDS, 'dtype', 'family').rows).toEqual(['int8', 'float32', 'none']);
  });
});

describe('countTests', () => {
  it('calls a refusal that nobody foresaw a failure', () => {
    const run = conformanceRun('x', [testResult('golden:a:x=1', { status: 'unsupported', ok: false })]);
    expect(countTests(testRecords([run], SUITE))).toMatchObject({ refused: 0, failed: 1, unexpected: 1 });
  });
});

describe('backendNames', () => {
  it('tells runs apart by platform, and then by time', () => {
    const chromium = { ...ONE, platform: { ...ONE.platform, runtime: 'chromium 140' } };
    expect(backendNames([ONE, OTHER])).toEqual(['one', 'other']);
    expect(backendNames([ONE, chromium])).toEqual(['one, node 24.21.0', 'one, chromium 140']);
    expect(backendNames([ONE, { ...ONE, started: '2026-12-01T08:00:00.000Z' }])[1]).toBe('one, node 24.21.0, 2026-12-01 08:00');
  });
});

describe('support', () => {
  const lines = supportLines(testRecords([OTHER], SUITE));

  it('follows from the tests', () => {
    expect(
      lines.map(({ name, about, cells }) => [name, about, supportOf(cells.get('float32') ?? []), supportOf(cells.get('int8') ?? [])]),
    ).toEqual([
      ['strides', 'Strides.', 'runs', 'refuses'],
      ['lax.conv', '', 'wrong', 'refuses'],
    ]);
    expect(supportOf([])).toBe('untested');
    expect(supportOf(testRecords([OTHER], SUITE).slice(1, 4))).toBe('partly');
  });

  it('takes for a glance the problems of one dtype', () => {
    const run = conformanceRun('other', [
      testResult('differential:strides/odd:dtype=float32'),
      refused('differential:preferred-element-type/float32:dtype=float32', 'no float64'),
      refused('golden:a:x=1', 'no'),
    ]);
    expect(glanceLine('other', testRecords([run], SUITE)).cells.get('float32')).toHaveLength(1);
  });

  it('gives the reasons, with how many tests give each', () => {
    expect([...reasonsOf(testRecords([OTHER], SUITE).slice(1, 4))]).toEqual([['no int8', 2]]);
  });
});
