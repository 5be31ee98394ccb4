/** Accumulation, rounding and wrapping by dtype. Values in float16 and bfloat16 are bits. */
import type { DType } from '@laxconv/api/backend';
import { describe, expect, test } from 'vitest';
import { convolve, problemOf } from './convolve.test.fixture.ts';

/** Σ x·w as the one element of a 0-D convolution. */
async function dot(dtype: DType, outDtype: DType, x: (number | bigint)[], w: (number | bigint)[]): Promise<number | bigint> {
  const [sum] = await convolve(problemOf([1, x.length], [1, x.length], { dtype, outDtype }), x, w);
  return sum;
}

function repeat(count: number, value: number): number[] {
  return Array.from({ length: count }, () => value);
}

describe('integers wrap to the width of the output', () => {
  test.each<[DType, DType, (number | bigint)[], (number | bigint)[], number | bigint]>([
    ['int8', 'int8', [100, 100], [2, 2], -112],
    ['uint8', 'uint8', [200, 200], [2, 2], 32],
    ['uint8', 'int8', [200], [1], -56],
    ['int16', 'int16', [300], [300], 24464],
    ['int32', 'int32', [2 ** 30, 2 ** 30], [2, 2], 0],
    ['int32', 'int32', [123456789], [987654321], Number(BigInt.asIntN(32, 123456789n * 987654321n))],
    ['uint32', 'uint32', [4294967295], [4294967295], 1],
    ['int64', 'int64', [2n ** 62n, 1n], [2n, 1n], -(2n ** 63n) + 1n],
    ['uint64', 'uint64', [2n ** 64n - 1n], [2n ** 64n - 1n], 1n],
    ['int8', 'int32', [-128, -128], [-128, 127], 128],
    ['uint8', 'int32', [255], [255], 65025],
    ['int8', 'int64', [-128], [127], -16256n],
  ])('%s → %s', async (dtype, outDtype, x, w, expected) => {
    expect(await dot(dtype, outDtype, x, w)).toBe(expected);
  });
});

describe('bool', () => {
  test('to bool: OR of ANDs', async () => {
    expect(await dot('bool', 'bool', [1, 1, 0], [1, 1, 1])).toBe(1);
    expect(await dot('bool', 'bool', [1, 0, 0], [0, 1, 1])).toBe(0);
  });

  test.each<[DType, number | bigint]>([
    ['int8', 3],
    ['uint64', 3n],
    ['float32', 3],
    ['float16', 0x4200],
    ['complex64', 3],
  ])('to %s: counts', async (outDtype, expected) => {
    expect(await dot('bool', outDtype, [1, 1, 1, 0], [1, 1, 1, 1])).toBe(expected);
  });
});

describe('floats', () => {
  test('float32 rounds each product and each sum', async () => {
    expect(await dot('float32', 'float32', [2 ** 24, 1, 1], [1, 1, 1])).toBe(2 ** 24);
    expect(await dot('float32', 'float64', [2 ** 24, 1, 1], [1, 1, 1])).toBe(2 ** 24 + 2);
    const third = Math.fround(1 / 3);
    expect(await dot('float32', 'float32', [third], [third])).toBe(Math.fround(third * third));
  });

  test('float64', async () => {
    expect(await dot('float64', 'float64', [0.1, 0.2], [3, 4])).toBe(0.1 * 3 + 0.2 * 4);
  });

  test('4096 ones in bfloat16 are 4096: the sum is float32', async () => {
    const ones = repeat(4096, 0x3f80);
    expect(await dot('bfloat16', 'bfloat16', ones, ones)).toBe(0x4580);
  });

  test('a float16 sum may pass through what float16 cannot hold', async () => {
    const [one, minusOne, large] = [0x3c00, 0xbc00, 0x7b53]; // large = 60000
    expect(await dot('float16', 'float16', [large, large, large], [one, one, minusOne])).toBe(large);
  });

  test('a float16 output is rounded once', async () => {
    // 1 + 2⁻¹¹ is half-way between two float16s and 2⁻²¹ tips it upwards.
    expect(await dot('float16', 'float16', [0x3c00, 0x1000, 0x0008], [0x3c00, 0x3c00, 0x3c00])).toBe(0x3c01);
    expect(await dot('float16', 'float16', [0x3c00, 0x1000], [0x3c00, 0x3c00])).toBe(0x3c00);
  });

  test('bfloat16 ⇄ float16 and int8 → float pass through float32', async () => {
    expect(await dot('bfloat16', 'float16', [0x3f81], [0x3f81])).toBe(0x3c10); // 1.0078125² = 1.01568… → 1.015625
    expect(await dot('float16', 'bfloat16', [0x3c01], [0x3c01])).toBe(0x3f80);
    expect(await dot('int8', 'float32', repeat(7, 100), repeat(7, 1))).toBe(700);
    expect(await dot('int8', 'float16', [127, 127, 127, 127], [127, 127, -127, -127])).toBe(0);
  });
});

describe('complex', () => {
  test.each<[DType, DType]>([
    ['complex64', 'complex64'],
    ['complex64', 'complex128'],
    ['complex128', 'complex128'],
  ])('%s → %s, without conjugation', async (dtype, outDtype) => {
    const problem = problemOf([1, 2], [1, 2], { dtype, outDtype });
    // (1 + 2i)(3 + 4i) + i·i = −5 + 10i − 1
    expect(await convolve(problem, [1, 2, 0, 1], [3, 4, 0, 1])).toEqual([-6, 10]);
  });
});
