/** Tensors over typed arrays and from nested arrays, and what makes none. */
import { describe, expect, test } from 'vitest';
import { ruleOf } from '../rule-of.test.fixture.ts';
import { tensor } from './create.ts';
import { DTYPES, type DType } from './dtype.ts';
import type { AnyTensor } from './tensor.ts';

const loose = tensor as (data: unknown, shape?: unknown, dtype?: unknown) => AnyTensor;

describe('typed arrays', () => {
  test.each([
    [new Int8Array(2), 'int8'],
    [new Int16Array(2), 'int16'],
    [new Int32Array(2), 'int32'],
    [new BigInt64Array(2), 'int64'],
    [new Uint8Array(2), 'uint8'],
    [new Uint8ClampedArray(2), 'uint8'],
    [new Uint16Array(2), 'uint16'],
    [new Uint32Array(2), 'uint32'],
    [new BigUint64Array(2), 'uint64'],
    [new Float32Array(2), 'float32'],
    [new Float64Array(2), 'float64'],
  ] as const)('%o stands for %s', (data, dtype) => {
    expect(loose(data)).toMatchObject({ dtype, shape: [2] });
  });

  test('are wrapped, not copied, whatever their offset and buffer', () => {
    const shared = new Uint16Array(new SharedArrayBuffer(16), 2, 3);
    for (const [data, dtype] of [
      [new Float32Array(new ArrayBuffer(16), 4, 3), 'float32'],
      [new Int8Array(new ArrayBuffer(16), 5, 3), 'int8'],
      [shared, 'bfloat16'],
      [shared, 'uint16'],
    ] as const) {
      expect(loose(data, [3, 1], dtype)).toEqual({ dtype, shape: [3, 1], data });
      expect(loose(data, [3], dtype).data).toBe(data);
    }
  });

  test('Uint8ClampedArray shares its bytes', () => {
    const clamped = new Uint8ClampedArray([1, 2, 3]).subarray(1);
    const wrapped = tensor(clamped);
    clamped[0] = 9;
    expect(wrapped).toEqual({ dtype: 'uint8', shape: [2], data: new Uint8Array([9, 3]) });
  });

  // Node 22 has no Float16Array.
  const { Float16Array } = globalThis as { Float16Array?: new (values: number[]) => ArrayBufferView };
  test.each(Float16Array === undefined ? [] : [Float16Array])('%o is taken as float16', (Half) => {
    expect(loose(new Half([1, -2]))).toEqual({ dtype: 'float16', shape: [2], data: new Uint16Array([0x3c00, 0xc000]) });
    expect(ruleOf(() => loose(new Half([1]), null, 'bfloat16'))).toBe('tensor/data-class');
  });

  test('complex elements are pairs', () => {
    expect(tensor(new Float32Array(6), [3], 'complex64').shape).toEqual([3]);
    expect(loose(new Float64Array(6), null, 'complex128').shape).toEqual([3]);
    expect(ruleOf(() => loose(new Float32Array(3), null, 'complex64'))).toBe('tensor/length');
  });

  test('a detached array is refused', () => {
    const data = new Float32Array(2);
    data.buffer.transfer();
    expect(ruleOf(() => tensor(data, [2]))).toBe('tensor/detached');
  });
});

describe('nested arrays', () => {
  test.each<[unknown, readonly number[]]>([
    [5, []],
    [[], [0]],
    [
      [[], []],
      [2, 0],
    ],
    [[1, 2, 3], [3]],
    [
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      [3, 2],
    ],
  ])('%o has shape %o', (data, shape) => {
    expect(loose(data)).toMatchObject({ dtype: 'float32', shape });
  });

  test('are copied, into the shape given', () => {
    expect(tensor([1, 2, 3, 4], [2, 2])).toEqual({ dtype: 'float32', shape: [2, 2], data: new Float32Array([1, 2, 3, 4]) });
  });

  test.each<[unknown, DType, readonly (number | bigint)[]]>([
    [[true, false, 2], 'bool', [1, 0, 1]],
    [[1.9, -1.9, 300, NaN], 'int8', [1, -1, 127, 0]],
    [[1n, 2 ** 40, -1], 'int64', [1n, 2n ** 40n, -1n]],
    [[2n ** 64n - 1n], 'uint64', [2n ** 64n - 1n]],
    [[1, 2049.0000001], 'float16', [0x3c00, 0x6801]], // rounded once
    [[1, 257], 'bfloat16', [0x3f80, 0x4380]],
    [[0.1], 'float32', [Math.fround(0.1)]],
    [
      [
        [1, 2],
        [3, 4],
      ],
      'complex64',
      [1, 2, 3, 4],
    ],
    [[1, 2], 'complex128', [1, 2]], // one element, 0-d
  ])('%o as %s', (data, dtype, elements) => {
    const made = loose(data, null, dtype);
    expect(made.data).toBeInstanceOf(DTYPES[dtype].array);
    expect([...made.data]).toEqual(elements);
  });

  test('empty nests of complex elements stay empty', () => {
    expect(loose([], null, 'complex64')).toMatchObject({ shape: [0] });
    expect(loose([[], []], null, 'complex64')).toMatchObject({ shape: [2, 0] });
  });

  const cyclic: unknown[] = [];
  cyclic.push(cyclic);
  const sparse: unknown[] = [1];
  sparse.length = 3;
  test.each<[string, unknown, unknown, unknown, string]>([
    ['ragged', [[1, 2], [3]], null, null, 'tensor/ragged'],
    ['a leaf among arrays', [[1], 2], null, null, 'tensor/ragged'],
    ['an array among leaves', [1, [2]], null, null, 'tensor/ragged'],
    ['a string', ['1'], null, null, 'tensor/element'],
    ['null', [null], null, null, 'tensor/element'],
    ['a hole', sparse, null, null, 'tensor/element'],
    ['no data', undefined, null, null, 'tensor/element'],
    ['an array of itself', cyclic, null, null, 'tensor/shape'],
    ['no pairs', [[1, 2, 3]], null, 'complex64', 'tensor/element'],
    ['a number as complex', 1, null, 'complex64', 'tensor/element'],
    ['another count', [1, 2], [3], null, 'tensor/length'],
    ['another count, typed', new Float32Array(2), [3], null, 'tensor/length'],
    ['a negative size', [], [-1, 0], null, 'tensor/shape'],
    ['a fractional size', [1], [1.5], null, 'tensor/shape'],
    ['a shape with a hole', [1], sparse, null, 'tensor/shape'],
    ['a shape beyond counting', [1], [2 ** 40, 2 ** 40], null, 'tensor/shape'],
    ['a number as shape', [1], 1, null, 'tensor/shape'],
    ['an unknown dtype', [1], null, 'float', 'tensor/dtype'],
    ['an inherited name as dtype', [1], null, 'toString', 'tensor/dtype'],
    ['an array of another class', new Float32Array(1), [1], 'float64', 'tensor/data-class'],
    ['clamped bytes as bool', new Uint8ClampedArray(1), [1], 'bool', 'tensor/data-class'],
    ['a DataView', new DataView(new ArrayBuffer(4)), null, null, 'tensor/data-class'],
  ])('%s is refused', (_, data, shape, dtype, rule) => {
    expect(ruleOf(() => loose(data, shape, dtype))).toBe(rule);
  });
});

describe('what looks like a typed array but is none any more', () => {
  test('detached data of a class that must be read through another', () => {
    const data = new Uint8ClampedArray(4);
    structuredClone(data.buffer, { transfer: [data.buffer] });
    expect(ruleOf(() => loose(data))).toBe('tensor/detached');
  });

  test('a constructor of its own tells nothing', () => {
    const data = Object.assign(new Float32Array(2), { constructor: undefined });
    expect(loose(data)).toMatchObject({ dtype: 'float32', shape: [2] });
    expect(ruleOf(() => loose(data, null, 'int8'))).toBe('tensor/data-class');
  });
});

test("more dimensions than NumPy's 64 are refused, however they are given", () => {
  const rank = (count: number): number[] => new Array<number>(count).fill(1);
  expect(loose(new Float32Array(1), rank(64)).shape).toHaveLength(64);
  expect(ruleOf(() => loose(new Float32Array(1), rank(65)))).toBe('tensor/shape');
  expect(ruleOf(() => loose(1, rank(20_000)))).toBe('tensor/shape');
});
