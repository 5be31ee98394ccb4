import { resolve, tensor, type ConvProblem, type Tensor } from '@laxconv/api';
import { createBackend } from '@laxconv/naive';
import * as laxconvModule from 'laxconv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callOf, type PlaygroundCall } from './call-of.ts';
import { pythonOf, typescriptOf } from './code-text.ts';
import { describeReads } from './describe-reads.ts';
import { outcomeOf } from './outcome-of.ts';
import { meetsAll, readsOf, termsOf, windowOf } from './reads-of.ts';
import { PRESETS, type Settings } from './settings.ts';

const [{ settings: START }] = PRESETS;

function callWith(changes: Partial<Settings>): PlaygroundCall {
  const call = callOf({ ...START, ...changes });
  if ('field' in call) throw new Error(call.reason);
  return call;
}

const problemWith = (changes: Partial<Settings>): ConvProblem => resolve(callWith(changes))[0];

/** Small calls of 1 to 3 spatial dimensions, of which most are valid. */
const settings: fc.Arbitrary<Settings> = fc.integer({ min: 1, max: 3 }).chain((rank) => {
  const letters = ['D', 'H', 'W'].slice(3 - rank);
  const each = (low: number, high: number) => fc.array(fc.integer({ min: low, max: high }), { minLength: rank, maxLength: rank });
  const layout = (first: string, second: string) => fc.shuffledSubarray([first, second, ...letters], { minLength: rank + 2 });
  return fc
    .record({
      batch: fc.integer({ min: 1, max: 2 }),
      features: fc.integer({ min: 1, max: 2 }),
      out: fc.integer({ min: 1, max: 2 }),
      groups: fc.constantFrom<readonly [feature: number, batch: number]>([1, 1], [2, 1], [1, 2]),
      input: each(1, 5),
      kernel: each(1, 3),
      strides: each(1, 3),
      low: each(-2, 3),
      high: each(-2, 3),
      lhsDilation: each(1, 3),
      rhsDilation: each(1, 2),
      lhsLayout: layout('N', 'C'),
      rhsLayout: layout('O', 'I'),
      outLayout: layout('N', 'C'),
    })
    .map(({ groups: [featureGroups, batchGroups], ...values }): Settings => {
      const sizes = (layoutLetters: readonly string[], first: number, second: number, spatial: readonly number[]) =>
        layoutLetters
          .map((letter) => {
            const d = letters.indexOf(letter);
            if (d >= 0) return spatial[d];
            return letter === 'N' || letter === 'O' ? first : second;
          })
          .join(', ');
      const groups = featureGroups * batchGroups;
      return {
        lhsShape: sizes(values.lhsLayout, values.batch * batchGroups, values.features * featureGroups, values.input),
        rhsShape: sizes(values.rhsLayout, values.out * groups, values.features, values.kernel),
        lhsLayout: values.lhsLayout.join(''),
        rhsLayout: values.rhsLayout.join(''),
        outLayout: values.outLayout.join(''),
        windowStrides: values.strides.join(', '),
        padding: values.low.map((low, d) => `(${low}, ${values.high[d]})`).join(', '),
        lhsDilation: values.lhsDilation.join(', '),
        rhsDilation: values.rhsDilation.join(', '),
        featureGroupCount: String(featureGroups),
        batchGroupCount: String(batchGroups),
        dtype: 'int32',
      };
    });
});

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);
const flat = (shape: readonly number[], index: readonly number[]): number =>
  index.reduce((at, position, axis) => at * shape[axis] + position, 0);

function indicesOf(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>((all, size) => all.flatMap((index) => Array.from({ length: size }, (_, at) => [...index, at])), [[]]);
}

/** Distinct values, so that a read of another element gives another sum. */
const counting = (shape: readonly number[], step: number): Tensor<'int32'> =>
  tensor(
    Int32Array.from({ length: sizeOf(shape) }, (_, index) => step * index * index + index + 1),
    [...shape],
  );

describe('readsOf', () => {
  it('names the products whose sum the naive backend gives, for every element', async () => {
    const naive = await createBackend();
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(settings, async (chosen) => {
        const outcome = await outcomeOf(callWith(chosen));
        fc.pre(outcome.kind === 'problem');
        const { problem } = outcome;
        const [lhs, rhs] = [counting(problem.lhs.shape, 3), counting(problem.rhs.shape, 7)];
        const plan = await naive.prepare(problem);
        const out = (await (await plan.bindRhs(rhs)).run(lhs)) as Tensor<'int32'>;
        for (const index of indicesOf(problem.out.shape)) {
          const sum = termsOf(problem, readsOf(problem, index)).reduce(
            (total, term) => (total + Math.imul(lhs.data[flat(lhs.shape, term.lhs)], rhs.data[flat(rhs.shape, term.rhs)])) | 0,
            0,
          );
          if (out.data[flat(out.shape, index)] !== sum) return false;
          compared++;
        }
        return true;
      }),
      { numRuns: 150, seed: 1701 },
    );
    expect(compared).toBeGreaterThan(1000);
  });

  it('tells padding, inserted zeros and elements apart', () => {
    const problem = problemWith({ lhsShape: '1, 2, 3, 1', padding: '(1, 1), (0, 0)', lhsDilation: '1, 2' });
    const meets = windowOf(readsOf(problem, [0, 0, 0, 0])).map(meetsAll);
    const row = ['element', 'inserted zero', 'element'];
    expect(meets).toEqual(['padding', 'padding', 'padding', row, row].flat());
  });

  it('walks a reversed window from its last tap', () => {
    const problem = { ...problemWith({ padding: 'VALID' }), windowReversal: [true, false] };
    expect(readsOf(problem, [0, 1, 0, 0]).along.map((reaches) => reaches.map(({ tap, input }) => [tap, input]))).toEqual([
      [
        [2, 1],
        [1, 2],
        [0, 3],
      ],
      [
        [0, 0],
        [1, 1],
        [2, 2],
      ],
    ]);
  });
});

describe('describeReads', () => {
  it('says it in a sentence', () => {
    const at = (index: readonly number[], changes: Partial<Settings>): string =>
      describeReads(index, readsOf(problemWith(changes), index), ['H', 'W']);
    expect(at([0, 0, 7, 0], {})).toBe(
      'out[0, 0, 7, 0]: 4 of 9 taps meet elements of lhs (H 0, 1, W 6, 7), 5 meet padding; of batch 0, feature 0; rhs of output feature 0.',
    );
    const grouped = { lhsShape: '1, 6, 8, 4', rhsShape: '3, 3, 2, 2', featureGroupCount: '2', padding: 'VALID' };
    expect(at([0, 1, 1, 1], grouped)).toContain('(H 1 to 3, W 1 to 3); of batch 0, features 2 to 3; rhs of output feature 1.');
  });
});

describe('callOf', () => {
  it.each<[string, unknown]>([
    ['SAME', 'SAME'],
    [' same_lower ', 'same_lower'],
    [
      '(1, 1), (2, -1)',
      [
        [1, 1],
        [2, -1],
      ],
    ],
    [
      '[(1, 1), (2, -1)]',
      [
        [1, 1],
        [2, -1],
      ],
    ],
    ['((1, 1),)', [[1, 1]]],
    ['(3, -2)', [[3, -2]]],
    ['1, 2', [1, 2]],
    ['', []],
  ])('reads the padding %j', (padding, expected) => {
    expect(callWith({ padding }).args[1]).toEqual(expected);
  });

  it('reads lists with any brackets', () => {
    for (const windowStrides of ['2, 1', '[2, 1]', '(2, 1,)', ' 2,1 ']) expect(callWith({ windowStrides }).args[0]).toEqual([2, 1]);
    expect(callWith({ lhsShape: '' }).operands[0].shape).toEqual([]);
  });

  it.each<[Partial<Settings>, string]>([
    [{ windowStrides: '1, two' }, 'windowStrides'],
    [{ lhsShape: '1,,2' }, 'lhsShape'],
    [{ padding: '(1, x)' }, 'padding'],
    [{ padding: '{"a": 1}' }, 'padding'],
    [{ batchGroupCount: '' }, 'batchGroupCount'],
  ])('names the field that it cannot read: %j', (changes, field) => {
    expect(callOf({ ...START, ...changes })).toMatchObject({ field });
  });
});

describe('outcomeOf', () => {
  it('is a problem for every preset but the one that JAX refuses', async () => {
    const kinds = await Promise.all(PRESETS.map(async ({ settings: preset }) => (await outcomeOf(callWith(preset))).kind));
    expect(kinds).toEqual([...PRESETS.slice(1).map(() => 'problem'), 'refused']);
  });

  it('has the refusal with its argument, rule and values', async () => {
    expect(await outcomeOf(callWith({ padding: 'NONSENSE' }))).toMatchObject({
      kind: 'refused',
      error: { argument: 'padding', rule: 'padding/string' },
    });
  });

  it('has the shape of a result without a sum', async () => {
    expect(await outcomeOf(callWith({ lhsShape: '0, 6, 8, 1' }))).toEqual({ kind: 'no sum', shape: [0, 6, 8, 1] });
    expect(await outcomeOf(callWith({ lhsShape: '0, 99999, 99999, 1', rhsShape: '3, 3, 1, 999999999' }))).toEqual({
      kind: 'no sum',
      shape: null,
    });
  });
});

describe('the code to copy', () => {
  it('runs as it stands, and prints the shape that is shown', async () => {
    for (const { settings: preset } of PRESETS.slice(0, -1)) {
      for (const dtype of ['float32', 'bfloat16', 'int64', 'complex64', 'bool'] as const) {
        const call = callWith({ ...preset, dtype });
        const printed: unknown[] = [];
        await run(typescriptOf(call), { log: (value: unknown) => printed.push(value) });
        expect(printed).toEqual([resolve(call)[0].out.shape]);
      }
    }
  });

  it('is Python with JAX’s names, without what is a default', () => {
    expect(pythonOf(callWith({ windowStrides: '2, 1', dtype: 'float64', padding: '(1, 1), (2, -1)', rhsDilation: '2, 1' }))).toBe(
      [
        'import jax',
        "jax.config.update('jax_enable_x64', True)",
        'import jax.numpy as jnp',
        'from jax import lax',
        '',
        'lhs = jnp.ones((1, 6, 8, 1), jnp.float64)',
        'rhs = jnp.ones((3, 3, 1, 1), jnp.float64)',
        'out = lax.conv_general_dilated(',
        '    lhs, rhs, (2, 1), ((1, 1), (2, -1)),',
        '    rhs_dilation=(2, 1),',
        "    dimension_numbers=('NHWC', 'HWIO', 'NHWC'),",
        ')',
        'print(out.shape)',
      ].join('\n'),
    );
  });

  it('keeps a text that would end its string inside of it', () => {
    const call = callWith({ lhsLayout: String.raw`N'\C` });
    expect(typescriptOf(call)).toContain(String.raw`'N\'\\C'`);
    expect(pythonOf(call)).toContain(String.raw`'N\'\\C'`);
  });
});

/** Runs a program whose first line is its import. */
async function run(program: string, console: { readonly log: (value: unknown) => void }): Promise<void> {
  const [imports, ...rest] = program.split('\n');
  const names = /\{ (.*) \}/u.exec(imports)?.[1] ?? '';
  const AsyncFunction = (async () => undefined).constructor as new (...parts: string[]) => (...values: unknown[]) => Promise<void>;
  const body = `const { ${names} } = module; ${rest.join('\n')}`;
  await new AsyncFunction('module', 'console', body)(laxconvModule, console);
}
