/** Calls that are recognised: by everything that they depend on, and by nothing else. */
import { describe, expect, test } from 'vitest';
import { OPERATIONS } from '../ops/operations.ts';
import { ruleOf } from '../rule-of.test.fixture.ts';
import { zeros, type AnyTensor } from '../tensor/tensor.ts';
import { ResolutionCache } from './resolution-cache.ts';

const CAPACITY = 256;

/** `lax.convGeneralDilated`, and how often it was resolved. */
function counted() {
  const operation = OPERATIONS['lax.convGeneralDilated'];
  const counts = { resolved: 0 };
  const cache = new ResolutionCache({
    signature: operation.signature,
    resolve(...args) {
      counts.resolved++;
      return operation.resolve(...args);
    },
  });
  return { cache, counts };
}

const x = (length = 5) => zeros([1, 1, length], 'float32');
const w = (length = 2) => zeros([1, 1, length], 'float32');

describe('a call', () => {
  test('is resolved once, whatever its data', () => {
    const { cache, counts } = counted();
    const [first, second] = [x(), x()].map((lhs) => ({ lhs, got: cache.resolve([lhs, w(), [1], [[0, 0]], { precision: 'high' }]) }));
    expect(second.got.resolution).toBe(first.got.resolution);
    // Each call's own elements, through views of ours.
    const memoryOf = (operand: unknown) => (operand as AnyTensor).data.buffer;
    expect([first, second].map(({ lhs, got }) => memoryOf(got.operands[0]) === memoryOf(lhs))).toEqual([true, true]);
    expect(counts.resolved).toBe(1);
  });

  test('is another where anything differs that has a meaning', () => {
    const { cache, counts } = counted();
    const calls: readonly (readonly unknown[])[] = [
      [x(), w(), [1], 'VALID'],
      [x(), w(), [1], 'VALID', undefined],
      [x(), w(), [1], 'VALID', {}],
      [x(), w(), [1], 'VALID', { precision: 'high' }],
      [x(), w(), [1], 'SAME'],
      [x(), w(), [2], 'VALID'],
      [x(6), w(), [1], 'VALID'],
      [x(), w(3), [1], 'VALID'],
      [zeros([1, 1, 5], 'float64'), zeros([1, 1, 2], 'float64'), [1], 'VALID'],
    ];
    for (const values of [...calls, ...calls]) cache.resolve(values);
    expect(counts.resolved).toBe(calls.length);
  });

  test('of which an argument was changed afterwards is another', () => {
    const { cache, counts } = counted();
    const strides = [1];
    const shape = [1, 1, 5];
    const lhs = { dtype: 'float32', shape, data: new Float32Array(5) };
    cache.resolve([lhs, w(), strides, 'VALID']);
    strides[0] = 2;
    expect(cache.resolve([lhs, w(), strides, 'VALID']).resolution.steps[0].out.shape).toEqual([1, 1, 2]);
    shape[2] = 4;
    expect(ruleOf(() => cache.resolve([lhs, w(), strides, 'VALID']))).toBe('tensor/length');
    expect(counts.resolved).toBe(2);
  });

  test('has its own data looked at, each time', () => {
    const { cache } = counted();
    cache.resolve([x(), w(), [1], 'VALID']);
    const short = { ...x(), data: new Float32Array(4) };
    expect(ruleOf(() => cache.resolve([short, w(), [1], 'VALID']))).toBe('tensor/length');
    expect(ruleOf(() => cache.resolve([x(), { ...w(), data: new Int8Array(2) }, [1], 'VALID']))).toBe('tensor/data-class');
  });

  test('with anything but plain data is resolved each time, and refused as ever', () => {
    const { cache, counts } = counted();
    const typed = new Int32Array([1]);
    const rules = [0, 1].map(() => ruleOf(() => cache.resolve([x(), w(), typed, 'VALID'])));
    expect(rules[1]).toBe(rules[0]);
    expect(counts.resolved).toBe(2);
  });

  test.each<[string, unknown]>([
    ['null', null],
    ['undefined', undefined],
    ['a number', 5],
    ['an array', [1]],
    ['without a list of sizes', { dtype: 'float32', shape: 5 }],
    ['of a rank without end', { dtype: 'float32', shape: new Array(2 ** 32 - 1) }],
    ['of sizes that are no numbers', { dtype: 'float32', shape: [Symbol('s'), 1n] }],
  ])('whose operand is %s is refused', (_, operand) => {
    const { cache } = counted();
    expect(ruleOf(() => cache.resolve([operand, w(), [1], 'VALID']))).toMatch(/^(tensor\/|call\/arity)/);
  });
});

describe('of more calls than it holds', () => {
  test('the oldest are forgotten', () => {
    const { cache, counts } = counted();
    for (let length = 2; length < CAPACITY + 2; length++) cache.resolve([x(length), w(), [1], 'VALID']);
    cache.resolve([x(2), w(), [1], 'VALID']);
    expect(counts.resolved).toBe(CAPACITY);
    cache.resolve([x(CAPACITY + 2), w(), [1], 'VALID']);
    cache.resolve([x(3), w(), [1], 'VALID']);
    expect(counts.resolved).toBe(CAPACITY + 1);
    cache.resolve([x(2), w(), [1], 'VALID']);
    expect(counts.resolved).toBe(CAPACITY + 2);
  });

  test('of one shape, too', () => {
    const { cache, counts } = counted();
    for (let stride = 1; stride <= CAPACITY + 1; stride++) cache.resolve([x(), w(), [stride], 'VALID']);
    cache.resolve([x(), w(), [1], 'VALID']);
    expect(counts.resolved).toBe(CAPACITY + 2);
  });
});
