/** Exponents by bits: every float dtype, zeros, subnormal numbers, and what is not finite. */
import { expect, test } from 'vitest';
import type { DType } from '@laxconv/api/backend';
import { exponentsOf, FINITE, isWithin } from './exponents.ts';

test.each<[DType, ArrayBufferView, { least: number; most: number }]>([
  ['float32', new Float32Array([0, -1, 3, -0]), { least: 0, most: 1 }],
  ['float32', new Float32Array([0, -0]), { least: Infinity, most: -127 }],
  ['float32', new Float32Array([1e-42, 3e38]), { least: -127, most: 127 }],
  ['float32', new Float32Array([2, -Infinity]), { least: 1, most: Infinity }],
  ['float32', new Float32Array([2, NaN]), { least: 1, most: Infinity }],
  ['complex64', new Float32Array([2, 0.25]), { least: -2, most: 1 }],
  ['float64', new Float64Array([2 ** -1000, -(2 ** 1000)]), { least: -1000, most: 1000 }],
  ['float64', new Float64Array([1, NaN]), { least: 0, most: Infinity }],
  ['complex128', new Float64Array([1, -Infinity]), { least: 0, most: Infinity }],
  // 1, 65504, the smallest subnormal number; infinity.
  ['float16', new Uint16Array([0x3c00, 0xfbff, 0x8001]), { least: -15, most: 15 }],
  ['float16', new Uint16Array([0x3c00, 0xfc00]), { least: 0, most: Infinity }],
  ['bfloat16', new Uint16Array([0x3f80, 0xc000]), { least: 0, most: 1 }],
  ['bfloat16', new Uint16Array([0x7fc0]), { least: Infinity, most: Infinity }],
])('%s %o', (dtype, data, expected) => {
  expect(exponentsOf(data, dtype)).toEqual(expected);
  expect(isWithin(expected, FINITE)).toBe(expected.most !== Infinity);
});

test('integers are finite, and views into the middle of a buffer are read there', () => {
  expect(isWithin(exponentsOf(new Int32Array([-1]), 'int32'), FINITE)).toBe(true);
  const data = new Float32Array([NaN, 4, NaN]).subarray(1, 2);
  expect(exponentsOf(data, 'float32')).toEqual({ least: 2, most: 2 });
});
