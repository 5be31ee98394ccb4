import { createBackend } from '@laxconv/naive';
import { describe, expect, it } from 'vitest';
import { CASES } from '../cases/cases.ts';
import { chooseCases } from '../cases/choose-cases.ts';
import { parseBenchResult, type BenchResult } from '../result/result.ts';
import { summaryLines } from '../result/summary.ts';
import { checkNames, startBackend } from './backends.ts';
import { ENVIRONMENT } from './environment.test.fixture.ts';
import { readEnvironment } from './environment.ts';
import { runBench } from './run-bench.ts';

describe('runBench', () => {
  it('writes a result file that its own schema reads, and a summary', async () => {
    const fractions: number[] = [];
    const saved: BenchResult[] = [];
    const result = await runBench({
      cases: chooseCases(false, 'tiny/convolve-*'),
      backends: [await createBackend()],
      mode: 'quick',
      environment: await readEnvironment(),
      only: 'tiny/convolve-*',
      signal: new AbortController().signal,
      onStep: ({ fraction }) => fractions.push(fraction),
      onCase: async (soFar) => void saved.push(soFar),
    });
    expect(parseBenchResult(JSON.stringify(result), 'here')).toEqual(result);
    expect(result).toMatchObject({ complete: true, only: 'tiny/convolve-*', environment: { cores: expect.any(Number) } });
    expect(saved).toEqual([{ ...result, complete: false }]);
    expect(fractions.every((fraction, index) => fraction > (fractions[index - 1] ?? 0))).toBe(true);
    expect(fractions.at(-1)).toBeCloseTo(1);
    expect(summaryLines(result)[3]).toMatch(/^ {2}naive +\S+ µs .+ 1 +float32-direct-1x1$/);
  });

  it('stops between cases when interrupted', async () => {
    const result = await runBench({
      cases: CASES,
      backends: [await createBackend()],
      mode: 'quick',
      environment: ENVIRONMENT,
      signal: AbortSignal.abort(),
    });
    expect(result).toMatchObject({ complete: false, cases: [] });
    expect(summaryLines(result)).toEqual(['', 'interrupted: what is missing was not run']);
  });
});

describe('what cannot be used ends in a sentence', () => {
  it.each([
    ['{', 'old.json is not JSON'],
    ['[]', 'old.json is not a laxconv bench result: the file: '],
    ['{"format":"laxconv-bench/0"}', 'old.json is not a laxconv bench result: format: '],
  ])('a result file %s', (text, sentence) => {
    expect(() => parseBenchResult(text, 'old.json')).toThrow(sentence);
  });

  it('two backends of one name', async () => {
    const backend = await createBackend();
    expect(() => checkNames([backend, { ...backend, name: 'other' }, backend])).toThrow('two of the backends are called naive');
  });

  it('a pattern that matches no case', () => {
    expect(() => chooseCases(false, 'nothing*')).toThrow('--only nothing* matches no case; there are tiny/convolve-8x3');
    expect(chooseCases(false, '*7x7*').map(({ name }) => name)).toEqual([
      'image/denoise-7x7-768x1024',
      'image/filter-7x7-768x1024',
      'layer/stem-7x7-224x224x3-64',
    ]);
    expect(chooseCases(true)).toHaveLength(CASES.length);
  });

  it.each([
    ['cuda', "there is no backend 'cuda'; there is naive"],
    ['./none.js', 'the backend module ./none.js cannot be loaded'],
    [`${import.meta.dirname}/multiply-adds.ts`, 'exports no createBackend'],
  ])('a backend %s', async (name, sentence) => {
    await expect(startBackend(name)).rejects.toThrow(sentence);
  });
});
