/** What a result becomes: JUnit XML, an HTML page, a merged result. With names and messages that would break either if not escaped. */
import { describe, expect, test } from 'vitest';
import { assembleResult } from '../run/assemble-result.ts';
import { Judge } from '../run/judge.ts';
import type { Outcome } from '../run/run-test.ts';
import type { Shard } from '../run/select-tests.ts';
import { htmlReport } from './html.ts';
import { junit } from './junit.ts';
import { kernelSummaries } from './kernels.ts';
import { markdownReport } from './markdown.ts';
import { mergeResults } from './merge.ts';
import { reproduceCommand } from './reproduce.ts';
import { resultSchema, type NotRun, type RunResult } from './result.ts';

const HOSTILE = `</script><img src=x onerror=alert(1)> & "quoted" 'single' ]]> \u0000\u001B`;

const outcome = (id: string, status: Outcome['status'] = 'pass', message?: string): Outcome => ({
  id,
  status,
  ms: 2,
  kernels: [{ kernel: 'float32-direct-1x1', errorOverBound: 0.25 }],
  ...(message === undefined ? {} : { message, snippet: message }),
});

function result(outcomes: readonly Outcome[], more: { notRun?: NotRun[]; shard?: Shard; seed?: number } = {}): RunResult {
  const expectations = [{ query: 'golden:refused', status: 'unsupported', reason: HOSTILE, link: 'https://example.org/?a=1&b=2' } as const];
  const judge = new Judge(expectations, ['golden:refused', 'golden:a', 'golden:b', 'property:c']);
  const facts = {
    backend: { name: HOSTILE, info: { adapter: HOSTILE }, module: './my backend.js' },
    platform: { runtime: 'node 24', os: 'linux', arch: 'x64', cpus: 2 },
    seed: more.seed ?? 5,
    runs: 10,
    started: new Date(0),
    ms: 1000,
    shard: more.shard,
  };
  return assembleResult(
    facts,
    judge,
    outcomes.map((each) => judge.result(each)),
    more.notRun ?? [],
  );
}

const MIXED = result([outcome('golden:a', 'fail', HOSTILE), outcome('golden:refused', 'unsupported', HOSTILE), outcome('property:c')], {
  notRun: [{ id: 'golden:b', reason: HOSTILE }],
});

test('a result satisfies its own schema', () => {
  expect(resultSchema.parse(JSON.parse(JSON.stringify(MIXED)))).toEqual(MIXED);
  expect(MIXED.totals).toEqual({ tests: 4, ok: 2, pass: 1, fail: 1, unsupported: 1, timeout: 0, crash: 0, notRun: 1 });
  expect(MIXED.ok).toBe(false);
});

describe('Markdown', () => {
  const markdown = markdownReport(MIXED);

  test('says what went wrong, how to see it again, and how many of each family ended how', () => {
    expect(markdown).toMatch(/^## Conformance of .*: not as expected\n/);
    expect(markdown).toContain('2 of 4 tests ended as they should.');
    expect(markdown).toContain('### Not as expected (1)\n\n- fail `golden:a`: ');
    expect(markdown).toContain("--backend './my backend.js' --filter golden:a");
    expect(markdown).toContain('### Not run\n\n- `golden:b`: ');
    expect(markdown).toContain('| `golden` | 2 | 0 | 1 | 1 | 0 | 0 |');
    expect(markdown).toContain('| `float32-direct-1x1` | 3 | 0.250 |  |');
    expect(
      markdownReport(result([outcome('golden:a'), outcome('golden:b'), outcome('golden:refused', 'unsupported'), outcome('property:c')])),
    ).toMatch(/: all as expected\n\n4 of 4 tests/);
  });

  test('names and messages are code, whatever they hold', () => {
    const outside = markdown.replaceAll(/^(`{3,})[^]*?^\1$/gm, '').replaceAll(/(`+)[^`]+\1/g, '');
    expect(outside).not.toMatch(/<|&/);
    expect(markdown.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    const ticks = markdownReport(result([outcome('golden:a', 'fail', '`` | ``')]));
    expect(ticks).toContain('``` `` \\| `` ```');
  });

  test('names the first failures of many, and counts all', () => {
    const many = Array.from({ length: 30 }, (_, index) => outcome(`golden:a/${index}`, 'fail', 'off by 1'));
    const long = markdownReport(result(many));
    expect(long.match(/^- fail /gm)).toHaveLength(20);
    expect(long).toContain('… and 10 more. By group: `golden:a` ×30');
  });
});

describe('JUnit', () => {
  const xml = junit(MIXED);

  test('counts failures, errors and expected refusals', () => {
    expect(xml).toMatch(/tests="4" failures="1" errors="1" skipped="1"/);
    expect(xml).toContain('<testcase classname="property" name="property:c" time="0.002"/>');
  });

  test('is well-formed: every < opens or closes a known element, and no character is one that XML cannot hold', () => {
    const tags = xml.match(/<[^>]*/g) ?? [];
    for (const tag of tags) expect(tag).toMatch(/^<(\?xml|\/?(testsuites?|testcase|failure|error|skipped))\b/);
    expect([...xml].some((character) => character < ' ' && !'\t\n\r'.includes(character))).toBe(false);
    expect(xml.match(/&(?!(amp|lt|gt|quot|#39);)/)).toBeNull();
  });

  test('a stale expectation is a failure', () => {
    expect(junit(result([outcome('golden:refused'), outcome('golden:a'), outcome('golden:b'), outcome('property:c')]))).toContain(
      'stale expectation',
    );
  });
});

describe('HTML', () => {
  const page = htmlReport(MIXED);

  test('escapes what it is given and loads nothing', () => {
    expect(page).not.toContain('<img');
    expect(page).not.toMatch(/<script|<link|<\w[^>]*\ssrc=|@import|url\(/);
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });

  test('says the verdict, the failures and what did not run, in words', () => {
    expect(page).toContain('Not as expected.');
    expect(page).toContain('<h2>Not run (1)</h2>');
    expect(page).toContain('<html lang="en">');
    expect(page).toContain('href="https://example.org/?a=1&amp;b=2"');
  });
});

test('how to see a test again is quoted for a shell', () => {
  expect(reproduceCommand(MIXED, "golden:it's")).toBe(
    String.raw`npx @laxconv/conformance run --backend './my backend.js' --filter 'golden:it'\''s' --seed 5 --runs 10`,
  );
});

test('kernels are summed up by name', () => {
  expect(kernelSummaries(MIXED)).toEqual([{ kernel: 'float32-direct-1x1', tests: 3, errorOverBound: 0.25 }]);
});

describe('merge', () => {
  const shard = (index: number, outcomes: readonly Outcome[], seed?: number): RunResult =>
    result(outcomes, { shard: { index, count: 2 }, ...(seed === undefined ? {} : { seed }) });
  const first = shard(1, [outcome('golden:a'), outcome('golden:refused', 'unsupported')]);
  const second = shard(2, [outcome('golden:b'), outcome('property:c')]);

  test('puts the tests back in order, and judges the expectations of the whole', () => {
    const merged = mergeResults([second, first]);
    expect(merged.tests.map(({ id }) => id)).toEqual(['golden:a', 'golden:b', 'golden:refused', 'property:c']);
    expect(merged.ok).toBe(true);
    const stale = mergeResults([shard(1, [outcome('golden:a'), outcome('golden:refused')]), second]);
    expect([stale.ok, stale.staleExpectations.length]).toEqual([false, 1]);
  });

  test.each<[string, readonly RunResult[], string]>([
    ['nothing', [], 'at least one'],
    ['a missing shard', [first], '2/2 is missing'],
    ['a shard twice', [first, first, second], '1/2 is there 2 times'],
    ['another seed', [first, shard(2, [outcome('golden:b')], 6)], 'seed differs: 5 and 6'],
    ['another number of shards', [first, result([], { shard: { index: 2, count: 3 } })], 'number of shards differs'],
  ])('refuses %s', (_, results, sentence) => {
    expect(() => mergeResults(results)).toThrow(sentence);
  });
});
