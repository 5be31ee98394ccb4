/** Conversions between dtypes, held to JAX's, and the way to plain numbers. */
import { describe, expect, test } from 'vitest';
import { ruleOf } from '../rule-of.test.fixture.ts';
import { convert, toNested, toNumbers } from './convert.ts';
import { tensor } from './create.ts';
import { DTYPE_NAMES, DTYPES, type DType } from './dtype.ts';

type Values = readonly (number | bigint)[];

/** Recorded from `jnp.asarray(values).astype(dtype)`, JAX 0.10.2 on CPU with jax_enable_x64. */
const RECORDED: readonly (readonly [from: DType, to: DType, values: Values, expected: Values])[] = [
  // floats into integers: truncate, saturate, NaN is 0
  ['float64', 'int8', [1.9, -1.9, 127.5, 300, -129, NaN, Infinity, -Infinity], [1, -1, 127, 127, -128, 0, 127, -128]],
  ['float32', 'uint8', [-1, 255.9, 256, NaN], [0, 255, 255, 0]],
  ['float64', 'int32', [2 ** 31, -(2 ** 31) - 1], [2 ** 31 - 1, -(2 ** 31)]],
  ['float64', 'uint32', [2 ** 32, -0.5], [2 ** 32 - 1, 0]],
  ['float64', 'int64', [2 ** 63, -(2 ** 63), 2 ** 53, NaN], [2n ** 63n - 1n, -(2n ** 63n), 2n ** 53n, 0n]],
  ['float64', 'uint64', [2 ** 64, -1, 2 ** 63], [2n ** 64n - 1n, 0n, 2n ** 63n]],
  ['float16', 'int8', [200, -200], [127, -128]],
  // integers wrap
  ['int32', 'int8', [128, 255, 256, -129], [-128, -1, 0, 127]],
  ['int8', 'uint16', [-1], [65535]],
  ['int64', 'int32', [2n ** 31n, -1n, 2n ** 63n - 1n], [-(2 ** 31), -1, -1]],
  ['int64', 'uint64', [-1n], [2n ** 64n - 1n]],
  ['uint64', 'int64', [2n ** 63n], [-(2n ** 63n)]],
  ['int8', 'int64', [-1], [-1n]],
  // anything but 0 is true; a complex number is 0 if both parts are
  ['float32', 'bool', [0, -0, 0.1, NaN], [0, 0, 1, 1]],
  ['int64', 'bool', [0n, 2n ** 63n - 1n], [0, 1]],
  ['complex64', 'bool', [0, 0, 0, 1, 1, 0, 0, NaN], [0, 1, 1, 1]],
  // rounding, ties to even; float64 reaches float16 by way of float32
  ['float32', 'float16', [2049, 2051, 65519, 65520, 2 ** -25, -0], [2048, 2052, 65504, Infinity, 0, -0]],
  ['float64', 'float16', [2049.0000001], [2048]],
  ['float32', 'bfloat16', [257, 259, 1 + 2 ** -8], [256, 260, 1]],
  ['float64', 'float32', [0.1, 1e300, 1 + 2 ** -24], [Math.fround(0.1), Infinity, 1]],
  ['int64', 'float32', [2n ** 61n + 2n ** 37n, 2n ** 61n + 2n ** 37n + 1n], [2 ** 61, 2 ** 61 + 2 ** 38]],
  ['int64', 'float64', [2n ** 53n + 1n, 2n ** 53n + 3n], [2 ** 53, 2 ** 53 + 4]],
  ['int64', 'float16', [65519n, 65520n], [65504, Infinity]],
  // complex
  ['float32', 'complex64', [1, -2], [1, 0, -2, 0]],
  ['complex128', 'float64', [1, 5, -2, 5], [1, -2]],
  ['complex128', 'complex64', [0.1, 0.2], [Math.fround(0.1), Math.fround(0.2)]],
  ['complex64', 'int8', [300, 1], [127]],
];

describe('convert is JAX’s astype', () => {
  test.each(RECORDED)('%s → %s of %o', (from, to, values, expected) => {
    const { components } = DTYPES[from];
    const pairs = values.map((_, i) => [values[2 * i], values[2 * i + 1]]).slice(0, values.length / 2);
    const source = tensor(components === 2 ? pairs : values, null, from);
    const converted = convert(source, to);
    expect(converted).toMatchObject({ dtype: to, shape: source.shape });
    expect(toNumbers(converted)).toEqual(expected);
  });

  test('every pair of dtypes keeps 0 and 1', () => {
    for (const from of DTYPE_NAMES) {
      const wide = DTYPES[from].components === 2;
      const source = tensor(
        wide
          ? [
              [0, 0],
              [1, 0],
            ]
          : [0, 1],
        null,
        from,
      );
      for (const to of DTYPE_NAMES) {
        const back = convert(convert(source, to), 'float64');
        expect(toNumbers(back), `${from} → ${to}`).toEqual([0, 1]);
      }
    }
  });

  test('the result is a tensor of its own', () => {
    const source = tensor([1, 2]);
    expect(convert(source, 'float32').data).not.toBe(source.data);
    expect(ruleOf(() => convert(source, 'float' as DType))).toBe('tensor/dtype');
  });
});

describe('taking tensors apart', () => {
  test('toNumbers gives numbers, bigints for 64-bit integers, complex interleaved', () => {
    expect(toNumbers(tensor([1.5, -2], null, 'float16'))).toEqual([1.5, -2]);
    expect(toNumbers(tensor([1.5, -0], null, 'bfloat16'))).toEqual([1.5, -0]);
    expect(toNumbers(tensor([1, 2], null, 'int64'))).toEqual([1n, 2n]);
    expect(toNumbers(tensor([[1, 2]], null, 'complex64'))).toEqual([1, 2]);
  });

  test('toNested undoes tensor', () => {
    for (const nested of [
      7,
      [],
      [[], []],
      [[1, 2, 3]],
      [
        [[1], [2]],
        [[3], [4]],
      ],
    ])
      expect(toNested(tensor(nested))).toEqual(nested);
    expect(toNested(tensor([[[1, 2]], [[3, 4]]], null, 'complex128'))).toEqual([[[1, 2]], [[3, 4]]]);
    expect(toNested(tensor([], [2, 0, 3]))).toEqual([[], []]);
  });

  test('every dtype survives the way there and back', () => {
    for (const dtype of DTYPE_NAMES) {
      const one = DTYPES[dtype].components === 2 ? [1, 0] : dtype.endsWith('int64') ? 1n : 1;
      expect(toNested(tensor([one, one], null, dtype))).toEqual([one, one]);
    }
  });
});
