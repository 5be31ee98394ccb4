import { describe, expect, it } from 'vitest';
import { conformanceRun, HOSTILE, RIGHT, WRONG } from './report.test.fixture.ts';
import { reportPage } from './page.ts';
import { judge } from './verdict.ts';

describe('judge', () => {
  it('says of how much everything is right', () => {
    expect(judge(RIGHT)).toEqual({
      right: true,
      headline: "3 conformance tests ended as expected, and 2 notebook cells gave JAX's values.",
      problems: [],
    });
  });

  it('names every kind of problem', () => {
    const { right, problems } = judge(WRONG);
    expect(right).toBe(false);
    const found = problems.map((problem) => problem.replaceAll(HOSTILE, '?'));
    expect(found).toEqual([
      '? on ?: 3 tests did not end as expected.',
      '? on ?: 1 selected test did not run.',
      '? on ?: 1 expectation is stale.',
      'The notebook: 1 cell differs from JAX (1).',
      'The benchmark: 1 result is wrong or failed, and not timed.',
    ]);
  });

  it('calls nothing examined not right', () => {
    expect(judge({ ...RIGHT, conformance: [] }).right).toBe(false);
    expect(judge({ ...RIGHT, conformance: [conformanceRun([], { ok: false })] }).problems).toEqual(['naive on node 24.21.0: no test ran.']);
  });
});

describe('reportPage', () => {
  const right = reportPage(RIGHT);
  const wrong = reportPage(WRONG);

  it('has no script, no link to elsewhere and nothing to load', () => {
    for (const page of [right, wrong]) {
      expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"`);
      expect(page).not.toMatch(/<script|<link|<iframe|<img src=x/i);
      expect([...page.matchAll(/(?:href|src)="([^"]*)"/g)].every(([, target]) => /^(?:#|data:image\/png)/.test(target))).toBe(true);
    }
  });

  it('opens and closes every element', () => {
    const nameless = new Set(['meta', 'img', '!doctype']);
    for (const page of [right, wrong]) {
      const open: string[] = [];
      for (const [tag, slash, name] of page.replace(/<style>.*?<\/style>/s, '').matchAll(/<(\/?)([a-z!][\w-]*)[^>]*?>/g)) {
        if (nameless.has(name) || tag.endsWith('/>')) continue;
        if (slash === '') open.push(name);
        else if (open.at(-1) === name) open.pop();
        else open.push(tag);
      }
      expect(open).toEqual([]);
    }
  });

  it('shows what was not run, or that nobody said', () => {
    expect(right).toContain('<strong>chromium</strong>, because none was found. Install one.');
    expect(reportPage({ ...RIGHT, notRun: [] })).toContain('Nothing was left out.');
    expect(reportPage({ ...RIGHT, notRun: null })).toContain('did not say what was left out');
  });

  it('counts by family, keeps what is unsupported visible, and gives every failure a way to be run again', () => {
    expect(right).toContain('2 / 2');
    expect(right).toContain('1 unsupported');
    expect(right).toContain('no float16 here');
    expect(wrong).toContain("--filter 'golden:b:x=1'");
    expect(wrong).toContain('it took more than 30 s');
  });

  it('gives a median with its interval and a ratio, and no time to what is wrong', () => {
    expect(right).toContain('4.00 ms');
    expect(right).toContain('2.00×');
    const rows = wrong.split('<tr>').filter((row) => row.includes('class="badge wrong"'));
    expect(rows).toHaveLength(1);
    expect(rows[0]).not.toContain('GFLOP/s');
    expect(rows[0]).not.toMatch(/\d ms/);
  });
});
