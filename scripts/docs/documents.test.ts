/** The documents tell the truth: generated parts are fresh, rules are held by goldens and explained, examples run, numbers are right. */
import { RULES, type RuleId } from '@laxconv/api';
import { describe, expect, test } from 'vitest';
import { table, withBlock } from './blocks.ts';
import { documents } from './documents.ts';
import { examplesIn, runExample } from './examples.ts';
import { readGoldenIndex } from './golden-index.ts';
import { OUR_RULES } from './our-rules.ts';
import { gaps } from './semantics-blocks.ts';
import { workedExample } from './worked-example.ts';

const all = await documents();
const textOf = (path: string): string => all.find((document) => document.path === path)?.text ?? '';
const semantics = textOf('docs/semantics.md');

test.each(all)('$path is fresh: else run `pnpm semantics`', ({ text, updated }) => {
  expect(text).toBe(updated);
});

describe('docs/semantics.md', () => {
  test('every rule that JAX can raise is held by a recorded refusal', async () => {
    expect(gaps(await readGoldenIndex())).toEqual([]);
  });

  test('every rule of JAX is explained in the written part, and every rule named there exists', () => {
    const written = semantics.slice(0, semantics.indexOf('## 13.'));
    const named = new Set([...written.matchAll(/`([a-z-]+\/[a-z-]+)`/g)].map(([, rule]) => rule));
    named.delete('code/style');
    const ids = Object.keys(RULES);
    expect([...named].filter((rule) => !ids.includes(rule))).toEqual([]);
    expect(ids.filter((id) => OUR_RULES[id as RuleId] === undefined && !named.has(id))).toEqual([]);
  });

  test('has examples', () => {
    expect(examplesIn(semantics).length).toBeGreaterThan(10);
  });

  test.each(examplesIn(semantics))('$code', async (example) => {
    expect(await runExample(example)).toEqual(JSON.parse(example.expected));
  });
});

describe('docs/numerics.md', () => {
  const numerics = textOf('docs/numerics.md');

  test('the worked example is the sum that the text recomputes', async () => {
    const { got, reference, magnitudes, allowed } = await workedExample();
    const u = 2 ** -24;
    const gamma = (3 * u) / (1 - 3 * u);
    const bound = gamma * magnitudes[0];
    const underflow = 4 * 2 ** -126;
    expect(allowed[0][0]).toBeCloseTo(bound + underflow + u * (Math.abs(reference[0]) + bound), 20);
    expect(got[0]).toBe(0);
    expect(reference[0]).not.toBe(0);
    expect(numerics).toContain(`γ(3) ≈ 3u = ${(gamma * 1e7).toPrecision(4)}·10⁻⁷`);
    expect(numerics).toContain(`Σ|x·w| = ${magnitudes[0].toPrecision(1)}`);
    expect(numerics).toContain(`B = ${(bound * 1e7).toPrecision(4)}·10⁻⁷`);
    expect(numerics).toContain(`${((Math.abs(got[0] - reference[0]) / allowed[0][0]) * 100).toFixed(0)} % of what it may`);
    expect(allowed[1][0].toPrecision(1)).toBe('0.0007');
  });
});

describe('generated blocks', () => {
  const text = 'a\n<!-- generated: x (scripts/update-semantics.ts; do not edit) -->\nold\n<!-- end of the generated part -->\nb\n';

  test('are replaced, and what is around them stays', () => {
    const updated = withBlock(text, 'x', 'new');
    expect(updated).toContain('\n\nnew\n\n');
    expect(updated).not.toContain('old');
    expect(updated.startsWith('a\n') && updated.endsWith('\nb\n')).toBe(true);
    expect(withBlock(updated, 'x', 'new')).toBe(updated);
  });

  test('must be there, once, with an end', () => {
    expect(() => withBlock(text, 'y', 'new')).toThrow('0 blocks');
    expect(() => withBlock(text + text, 'x', 'new')).toThrow('2 blocks');
    expect(() => withBlock(text.replace(/<!-- end.*/, ''), 'x', 'new')).toThrow('no end');
  });

  test('escape bars in cells', () => {
    expect(table(['a'], [['x|y']])).toBe('| a |\n| --- |\n| x\\|y |');
  });
});
