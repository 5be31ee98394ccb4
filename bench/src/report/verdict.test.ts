import { describe, expect, it } from 'vitest';
import { benchCase, benchResult, conformanceRun, measured, notMeasured, testResult } from '../result/results.test.fixture.ts';
import type { NotebookRecord } from './page-data.ts';
import { judge, type Judged } from './verdict.ts';

const cell = (number: number): NotebookRecord['cells'][number] => ({
  number,
  title: 'A cell',
  ms: 1,
  check: { status: 'right', maxDifference: 0, errorOverBound: 0 },
});

const RIGHT: Judged = {
  conformance: [conformanceRun('naive', [testResult('golden:a:x=1'), testResult('golden:b:x=1')])],
  bench: [benchResult([benchCase('layer/a', [measured('naive', 4)])])],
  notebook: { backend: 'naive', jax: '0.10.2', cells: [cell(1), cell(2)] },
};

describe('judge', () => {
  it('says of how much everything is right', () => {
    expect(judge(RIGHT)).toEqual({
      right: true,
      headline: "2 conformance tests ended as expected, and 2 notebook cells gave JAX's values.",
      problems: [],
    });
    expect(judge({ ...RIGHT, notebook: null }).right).toBe(true);
  });

  it('names every kind of problem', () => {
    const run = conformanceRun('naive', [testResult('golden:a:x=1', { status: 'fail', ok: false })], {
      notRun: [{ id: 'golden:b:x=1', reason: 'the backend died' }],
      staleExpectations: [{ query: '*', reason: 'no test matches it' }],
    });
    const { right, problems } = judge({
      conformance: [run],
      bench: [
        benchResult([benchCase('layer/a', [notMeasured('naive', 'wrong', 'element [0]'), notMeasured('wasm', 'unsupported', 'no')])]),
      ],
      notebook: { backend: 'naive', jax: '0.10.2', cells: [cell(1), { ...cell(2), check: { status: 'wrong', reason: 'differs' } }] },
    });
    expect(right).toBe(false);
    expect(problems).toEqual([
      'naive on node 24.21.0: 1 test did not end as expected.',
      'naive on node 24.21.0: 1 selected test did not run.',
      'naive on node 24.21.0: 1 expectation is stale.',
      'The notebook: 1 cell differs from JAX (2).',
      'The benchmark: 1 result is wrong or failed, and not timed.',
    ]);
  });

  it("does not hold a peer's mistakes against us", () => {
    const peers = [{ name: 'peer', about: 'a library', notRun: null }];
    const bench = [benchResult([benchCase('layer/a', [measured('naive', 4), notMeasured('peer', 'wrong', 'element [0]')])], { peers })];
    expect(judge({ ...RIGHT, bench }).right).toBe(true);
  });

  it('calls nothing examined not right', () => {
    expect(judge({ ...RIGHT, conformance: [] }).right).toBe(false);
    expect(judge({ ...RIGHT, conformance: [conformanceRun('naive', [], { ok: false })] }).problems).toEqual([
      'naive on node 24.21.0: no test ran.',
    ]);
  });
});
