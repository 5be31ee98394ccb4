import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImplementationResult } from '../result/result.ts';
import { benchCase, benchResult, HOSTILE, measured, notMeasured } from '../result/results.test.fixture.ts';
import { compareResults, regressions } from './compare-results.ts';
import { comparisonLines, comparisonMarkdown } from './comparison-text.ts';

const run = (...results: ImplementationResult[]): ReturnType<typeof benchResult> => benchResult([benchCase('layer/a', results)]);

const BEFORE = run(
  measured('same', 10),
  measured('slower', 10),
  measured('a little slower', 10),
  measured('faster', 10),
  measured('broken', 10),
  notMeasured('mended', 'wrong', 'was'),
  measured('gone', 10),
  notMeasured('still wrong', 'wrong', 'was'),
);
const AFTER = run(
  measured('same', 10),
  measured('slower', 12),
  measured('a little slower', 10.3),
  measured('faster', 5),
  notMeasured('broken', 'wrong', 'element [0]'),
  measured('mended', 10),
  notMeasured('still wrong', 'wrong', 'element [0]'),
  measured('new', 10),
);

describe('compareResults', () => {
  const comparisons = compareResults(BEFORE, AFTER, 0.05);

  it('calls a change what lies beyond the threshold with its whole interval', () => {
    expect(comparisons.map(({ implementation, change }) => [implementation, change])).toEqual([
      ['same', 'same'],
      ['slower', 'slower'],
      ['a little slower', 'same'],
      ['faster', 'faster'],
      ['broken', 'broken'],
      ['mended', 'mended'],
      ['gone', 'gone'],
      ['still wrong', 'same'],
      ['new', 'new'],
    ]);
    expect(regressions(comparisons).map(({ implementation }) => implementation)).toEqual(['slower', 'broken']);
    expect(comparisons[1].ratio?.value).toBeCloseTo(1.2, 10);
  });

  it('leaves out cases that one of them did not run', () => {
    expect(compareResults(BEFORE, benchResult([]), 0.05)).toEqual([]);
  });

  it('is written for a terminal and as Markdown in which nothing of a result is markup', () => {
    expect(comparisonLines(comparisons).at(-1)).toBe('2 regressions, 1 faster, 4 times compared');
    const markdown = comparisonMarkdown(BEFORE, AFTER, comparisons);
    expect(markdown).toContain('| `layer/a` | `slower` | **slower** | 1.20 (');
    expect(markdown).not.toContain('different machines');
    const hostile = benchResult([benchCase(HOSTILE, [measured(HOSTILE, 1)])]);
    const worse = benchResult([benchCase(HOSTILE, [notMeasured(HOSTILE, 'wrong', '`|')])]);
    const row = comparisonMarkdown(hostile, worse, compareResults(hostile, worse, 0))
      .split('\n')
      .find((line) => line.includes('**broken**'));
    // What the result wrote stands in code, fenced by more backticks than it holds.
    expect(row).toMatch(/^\| `[^`]+` \| `[^`]+` \| \*\*broken\*\* \| ``\s?wrong: `\\\|\s?`` \|$/);
  });

  it('says when the machine was busy', () => {
    const busy = { ...AFTER, environment: { ...AFTER.environment, loadBefore: 4.7 } };
    expect(comparisonMarkdown(BEFORE, busy, comparisons)).toContain('began: load 4.7 on 2 cores.');
    expect(comparisonMarkdown(BEFORE, AFTER, comparisons)).not.toContain('busy');
  });

  it('says when the two machines differ', () => {
    const elsewhere = { ...AFTER, environment: { ...AFTER.environment, cpu: 'Another' } };
    expect(comparisonMarkdown(BEFORE, elsewhere, comparisons)).toContain('different machines');
  });
});

describe('the command', () => {
  let folder: string;
  const file = (name: string): string => path.join(folder, name);

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'laxconv-compare-'));
    writeFileSync(file('before.json'), JSON.stringify(BEFORE));
    writeFileSync(file('after.json'), JSON.stringify(AFTER));
    writeFileSync(file('other.json'), '{}');
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  const compare = (...args: string[]): ReturnType<typeof spawnSync> =>
    spawnSync(process.execPath, ['--conditions=@laxconv/source', path.join(import.meta.dirname, 'cli.ts'), ...args], { encoding: 'utf8' });

  it('fails on a regression only when asked to, and appends a summary', () => {
    expect(compare(file('before.json'), file('after.json')).status).toBe(0);
    expect(compare(file('before.json'), file('after.json'), '--fail', '--summary', file('summary.md')).status).toBe(1);
    expect(readFileSync(file('summary.md'), 'utf8')).toMatch(/^## Benchmark: 2 regressions/);
    expect(compare(file('before.json'), file('before.json'), '--fail').status).toBe(0);
    expect(compare(file('before.json'), file('after.json'), '--fail', '--threshold', '0.5').status).toBe(1);
  });

  it('says in a sentence what it cannot compare', () => {
    for (const [args, sentence] of [
      [['before.json'], 'it takes two result files'],
      [['before.json', 'other.json'], 'other.json is not a result file of laxconv'],
      [['before.json', 'missing.json'], 'missing.json cannot be read'],
    ] as const) {
      const { status, stderr } = compare(...args.map(file));
      expect(status).toBe(2);
      expect(stderr).toContain(sentence);
      expect(stderr).not.toContain('    at ');
    }
  });
});
