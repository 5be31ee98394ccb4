import { describe, expect, test } from 'vitest';
import { ruleOf } from '../rule-of.test.fixture.ts';
import { tensor } from '../tensor/create.ts';
import { asSequence, iterable } from './arguments.ts';
import { resolveConv } from './conv.ts';
import { resolveDimensionNumbers } from './dimension-numbers.ts';

/** Claims to be longer than memory; a copy of it would end the process. */
const endless = (): number[] => new Array<number>(2 ** 32 - 1);

const spec = { shape: [1, 1, 4], dtype: 'float32' } as const;

describe('sequences', () => {
  test('are arrays and typed arrays; holes are undefined', () => {
    const sparse = [1, 2];
    sparse.length = 3;
    expect(asSequence(sparse)).toEqual([1, 2, undefined]);
    expect(asSequence(new Int8Array([1, 2]))).toEqual([1, 2]);
    expect(asSequence(new Int8Array(2 ** 16))).toHaveLength(2 ** 16);
    for (const other of [null, '12', 5, { length: 1, 0: 1 }, new DataView(new ArrayBuffer(2))]) expect(asSequence(other)).toBeUndefined();
  });

  test('a string is its letters where JAX makes a tuple of it, up to a length', () => {
    const read = (value: unknown): readonly unknown[] => iterable('lax.conv', 'windowStrides', value, 'window-strides/type');
    expect([read('a😀'), read([1, 2])]).toEqual([
      ['a', '😀'],
      [1, 2],
    ]);
    expect(read('1'.repeat(2 ** 16))).toHaveLength(2 ** 16);
    for (const other of ['1'.repeat(2 ** 16 + 1), 5, null]) expect(ruleOf(() => read(other))).toBe('window-strides/type');
  });

  test.each([
    ['windowStrides', { windowStrides: endless() }, 'window-strides/type'],
    ['windowStrides of a padding string', { windowStrides: endless(), padding: 'SAME' }, 'window-strides/type'],
    ['padding', { padding: endless() }, 'padding/pairs'],
    ['a pair of paddings', { padding: [endless()] }, 'padding/pairs'],
    ['lhsDilation', { lhsDilation: endless() }, 'dilation/type'],
    ['rhsDilation', { rhsDilation: new Int8Array(2 ** 26) }, 'dilation/type'],
    ['dimensionNumbers', { dimensionNumbers: endless() }, 'dimension-numbers/length'],
    ['axes', { dimensionNumbers: { lhsSpec: [0, 1, 2], rhsSpec: endless(), outSpec: [0, 1, 2] } }, 'dimension-numbers/axis-type'],
    ['a layout', { dimensionNumbers: ['N'.repeat(2 ** 28), 'OIW', 'NCW'] }, 'dimension-numbers/string-length'],
  ] as const)('%s that claims to be endless is refused, not copied', (_, args, rule) => {
    expect(ruleOf(() => resolveConv('lax.conv', spec, spec, { windowStrides: [1], padding: [[0, 0]], ...args }))).toBe(rule);
  });

  test('so is a shape', () => {
    expect(ruleOf(() => tensor(new Float32Array(1), endless()))).toBe('tensor/shape');
  });
});

test('axes given by number are a copy of what the caller gave', () => {
  const given = { lhsSpec: [0, 1, 2], rhsSpec: [0, 1, 2], outSpec: [0, 1, 2] };
  const numbers = resolveDimensionNumbers('lax.conv', [1, 1, 4], [1, 1, 4], given);
  given.rhsSpec[0] = 7;
  expect(numbers.rhsSpec).toEqual([0, 1, 2]);
});

test('shapes of which only the rank counts may hold anything, also in the refusal', () => {
  const odd = [Symbol('size'), Object.create(null)] as unknown as number[];
  expect(ruleOf(() => resolveDimensionNumbers('lax.convDimensionNumbers', odd, [1], null))).toBe('dimension-numbers/rank');
  expect(ruleOf(() => resolveDimensionNumbers('lax.convDimensionNumbers', odd, [1, 1], ['N', 'OI', 'NC']))).toBe(
    'dimension-numbers/string-length',
  );
});
