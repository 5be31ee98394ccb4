import { beforeEach, describe, expect, it } from 'vitest';
import { benchCase, benchResult, conformanceRun, measured, notMeasured, testResult } from '../../../src/result/results.test.fixture.ts';
import type { LiveEvent, LiveJob } from './live-job.ts';
import { LiveWatch, type Progress } from './live-watch.ts';

const SUITE: LiveJob = { what: 'suite', backend: 'wasm', quick: true };
const BENCHMARK: LiveJob = { what: 'benchmark', backends: ['wasm'], commit: null };

const { backend, platform, seed, runs } = conformanceRun('wasm', []);
const START: LiveEvent = {
  type: 'start',
  start: { backend, platform, seed, runs, quick: true, started: new Date(0), expectations: [], ids: ['golden:a', 'golden:b', 'golden:c'] },
};

let shown: Progress[];
beforeEach(() => {
  shown = [];
});
const watch = (job: LiveJob): LiveWatch => new LiveWatch(job, (progress) => shown.push(progress));

describe('LiveWatch', () => {
  it('shows at once that something begins, and then where it is', () => {
    const watched = watch(SUITE);
    expect(shown).toMatchObject([{ fraction: 0, what: 'wasm: opening the suite', left: null }]);
    watched.take(START);
    watched.take({ type: 'test', result: testResult('golden:a', { ok: false, status: 'fail' }) });
    expect(shown[1]).toMatchObject({ fraction: 1 / 3, what: 'wasm: test 1 of 3', failures: [{ id: 'golden:a' }] });
  });

  it('makes a part of what was done; the test at work has the reason', () => {
    const watched = watch(SUITE);
    watched.take(START);
    expect(watched.soFar('it hung')).toBeNull();
    watched.take({ type: 'test', result: testResult('golden:a') });
    expect(watched.soFar('it hung')).toMatchObject({
      kind: 'conformance',
      result: { ok: false, quick: true, tests: [{ id: 'golden:a' }], notRun: [{ id: 'golden:b', reason: 'it hung' }, { id: 'golden:c' }] },
    });
  });

  it('takes a benchmark whose first case was interrupted for nothing', () => {
    const watched = watch(BENCHMARK);
    const none = benchResult([benchCase('layer/a', [notMeasured('wasm', 'interrupted', 'before this')])], { complete: false });
    watched.take({ type: 'case', soFar: none });
    expect([watched.hasDone, watched.soFar('')]).toEqual([false, null]);
    const some = benchResult([benchCase('layer/a', [measured('wasm', 1)])], { complete: false });
    watched.take({ type: 'case', soFar: some });
    expect([watched.hasDone, watched.soFar('')]).toEqual([true, { kind: 'bench', result: some }]);
  });
});
