import { describe, expect, it } from 'vitest';
import { readResultFile } from '../../../src/result/read-result-file.ts';
import { benchCase, benchResult, conformanceRun, measured, notMeasured, testResult } from '../../../src/result/results.test.fixture.ts';
import { threadsOf } from '../backends/page-backends.ts';
import { fileOf, isComplete, sentenceOf } from './result-text.ts';
import { TimeLeft } from './time-left.ts';

describe('TimeLeft', () => {
  it('goes by the family of what is left', () => {
    const left = new TimeLeft(['golden:a', 'golden:b', 'golden:c', 'property:a', 'property:b']);
    expect(left.estimate).toBeNull();
    left.ended('golden:a', 2);
    // Two goldens as the one, two properties as the slowest known.
    expect(left.estimate).toBe(8);
    left.ended('property:a', 100);
    expect(left.estimate).toBe(104);
    for (const id of ['golden:b', 'golden:c', 'property:b']) left.ended(id, 1);
    expect(left.estimate).toBe(0);
  });
});

describe('a result', () => {
  const suite = { kind: 'conformance', result: conformanceRun('wasm', [testResult('golden:a'), testResult('golden:b')]) } as const;
  const bench = {
    kind: 'bench',
    result: benchResult([benchCase('layer/small', [measured('wasm', 1), notMeasured('naive', 'wrong', 'it is')])]),
  } as const;

  it('is written as a file that reads as what it was', () => {
    for (const any of [suite, bench]) {
      const { name, text } = fileOf(any);
      expect(name).toMatch(/^(conformance-wasm|bench)-\d{4}-\d\d-\d\dT[\d-]+\.json$/);
      expect(readResultFile(text, name)).toMatchObject(any);
    }
  });

  it('says in its file, and in its name, when it is a part', () => {
    const run = conformanceRun('wasm', [testResult('golden:a')], {
      ok: false,
      notRun: [{ id: 'golden:b', reason: 'the run was interrupted' }],
    });
    for (const any of [
      { kind: 'conformance', result: run },
      { ...bench, result: { ...bench.result, complete: false } },
    ] as const) {
      const { name, text } = fileOf(any);
      expect(name).toMatch(/-part\.json$/);
      expect(isComplete(readResultFile(text, name))).toBe(false);
    }
  });

  it('is right only when everything in it is', () => {
    expect(sentenceOf(suite)).toEqual({ isRight: true, text: 'wasm: 2 of 2 tests ended as they should' });
    expect(sentenceOf(bench)).toEqual({ isRight: false, text: 'benchmark: 1 times of 1 cases, 1 wrong or failed' });
    const cut = { ...bench, result: { ...bench.result, complete: false, cases: [] } };
    expect(sentenceOf(cut)).toMatchObject({ isRight: false, text: expect.stringContaining('interrupted') });
  });
});

describe('threads', () => {
  const info = (threads: number) => ({ info: { nonFinite: 'ieee' as const, threads, threadsReason: 'headers' } });

  it('are explained by the backend, but for a file, to which nobody sends headers', () => {
    expect(threadsOf(info(4), 'https:')).toBe('4 threads: headers');
    expect(threadsOf(info(1), 'https:')).toBe('one thread: headers');
    expect(threadsOf(info(1), 'file:')).toContain('one thread: browsers keep shared memory from pages that were opened from a file');
    expect(threadsOf({ info: { nonFinite: 'ieee' } }, 'file:')).toBe('');
  });
});
