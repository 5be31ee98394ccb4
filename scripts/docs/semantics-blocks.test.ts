/** The generated parts of the semantics, on goldens made up for it. */
import { RULES, type RuleId } from '@laxconv/api';
import { describe, expect, test } from 'vitest';
import type { GoldenIndex, IndexedCase } from './golden-index.ts';
import { OUR_RULES } from './our-rules.ts';
import { coverageTable, differencesTable, familiesTable, gaps, oddTable, rulesTable } from './semantics-blocks.ts';

const value: IndexedCase = {
  family: 'padding',
  name: 'pairs',
  fn: 'lax.conv',
  dtype: 'float32',
  rule: undefined,
  difference: undefined,
  notes: [],
  said: undefined,
};
const refusal = (rule: string, details: Partial<IndexedCase> = {}): IndexedCase => ({
  ...value,
  family: 'refusals',
  name: rule.replace('/', '-'),
  rule,
  said: 'ValueError: a sentence | of\nJAX',
  ...details,
});

function index(cases: readonly IndexedCase[]): GoldenIndex {
  const families = [...new Set(cases.map(({ family }) => family))].map((name) => ({ name, about: `about ${name}`, x64: name !== 'seed' }));
  const omitted = [{ family: 'padding', name: 'lost', about: '', reason: 'aborts the process' }];
  return { families, cases, omitted, generator: { jax: '0.0.0' } };
}

const rowOf = (text: string, start: string): string | undefined => text.split('\n').find((line) => line.startsWith(`| ${start}`));

describe('the table of rules', () => {
  test('names the goldens of a rule, an example of what JAX says, and the values of the other side', () => {
    const text = rulesTable(
      index([value, refusal('padding/count'), refusal('padding/count', { name: 'again' }), refusal('padding/count')]),
    );
    expect(rowOf(text, '`padding/count`')).toBe(
      '| `padding/count` | TypeError | explicit padding has one pair per spatial dimension | `a sentence \\| of JAX` |' +
        ' `refusals/padding-count` ×2, `refusals/again` | `padding` |',
    );
  });

  test('has every rule that is not our own, once', () => {
    const ids = [...rulesTable(index([value])).matchAll(/^\| `([^`]+)`/gm)].map(([, id]) => id);
    expect(ids).toEqual(Object.keys(RULES).filter((id) => OUR_RULES[id as RuleId] === undefined));
  });
});

describe('gaps', () => {
  const held = index([value, refusal('padding/count')]);

  test('are rules without a refusal, or without values on the other side', () => {
    expect(gaps(held)).not.toContainEqual(expect.stringContaining('padding/count'));
    expect(gaps(held)).toContain('padding/pairs has no recorded refusal');
    expect(gaps(held)).toContain('axes/range has no family of values on its accepted side');
    expect(gaps(index([value, refusal('padding/count', { said: undefined })]))).toContainEqual(expect.stringContaining('pnpm goldens'));
  });

  test('are our own rules that JAX turns out to have', () => {
    expect(gaps(index([refusal('tensor/out')]))).toContainEqual(expect.stringMatching(/^tensor\/out is called our own/));
  });
});

test('differences stand once per reason, with both outcomes', () => {
  const difference = { jax: 'AttributeError', reason: 'a list has no shape' };
  const text = differencesTable(
    index([
      refusal('tensor/not-a-tensor', { difference, fn: 'scipy.signal.convolve' }),
      refusal('tensor/not-a-tensor', { difference, fn: 'scipy.signal.correlate' }),
      { ...value, difference: { jax: 'ValueError', reason: 'strings stand for the enum' } },
    ]),
  );
  expect(rowOf(text, '`scipy')).toContain(
    '`scipy.signal.convolve`, `scipy.signal.correlate` | AttributeError | TypeError (`tensor/not-a-tensor`) | a list has no shape |',
  );
  expect(rowOf(text, '`lax.conv`')).toContain('| ValueError | accepts | strings stand for the enum |');
  expect(text.split('\n')).toHaveLength(4);
});

test('odd values are what is left out and what has a note', () => {
  const text = oddTable(index([{ ...value, notes: ['three products'] }]));
  expect(text).toContain('| aborts the process | left out | `padding/lost` |');
  expect(text).toContain('| three products | recorded | `padding/pairs` |');
});

test('families and functions are counted', () => {
  const goldens = index([value, { ...value, dtype: 'int8' }, refusal('padding/count'), { ...value, family: 'seed' }]);
  expect(familiesTable(goldens)).toContain('| `padding` | about padding | `lax.conv` | 2 | 0 |');
  expect(familiesTable(goldens)).toContain('| `seed` | about seed (without jax_enable_x64) | `lax.conv` | 1 | 0 |');
  expect(familiesTable(goldens)).toContain('4 goldens in all: 3 values and 1 refusals, made by jax 0.0.0.');
  expect(rowOf(coverageTable(goldens), '`lax.conv`')).toMatch(/ 1 .* 2 .* 3 \|$/);
});
