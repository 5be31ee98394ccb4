import type { DType } from '@laxconv/api/backend';
import { expect, it } from 'vitest';
import { GoldenError } from './golden-error.ts';
import type { StoredArray } from './manifest.ts';
import type { Descr, StoredElements } from './npy.ts';
import { toTensor } from './stored-array.ts';

it.each<[DType, Descr, StoredElements, ArrayBufferView]>([
  ['bool', '|u1', Uint8Array.of(9, 0, 1), Uint8Array.of(0, 1)],
  ['int8', '|i1', Int8Array.of(9, -1, 2), Int8Array.of(-1, 2)],
  ['bfloat16', '<u2', Uint16Array.of(9, 0x3f80, 0), Uint16Array.of(0x3f80, 0)],
  ['int64', '<u4', Uint32Array.of(9, 0xffffffff, 0xffffffff, 5, 1), BigInt64Array.of(-1n, 2n ** 32n + 5n)],
  ['uint64', '<u4', Uint32Array.of(9, 0xffffffff, 0xffffffff, 5, 0), BigUint64Array.of(2n ** 64n - 1n, 5n)],
  ['complex64', '<f4', Float32Array.of(9, 1, 2, 3, 4), Float32Array.of(1, 2, 3, 4)],
  ['float32', '|i1', Int8Array.of(9, -1, 2), Float32Array.of(-1, 2)],
])('reads %s stored as %s', (dtype, descr, elements, data) => {
  expect(toTensor({ dtype, shape: [2], file: 'f.npy', offset: 1 }, elements, descr)).toEqual({ dtype, shape: [2], data });
});

it('is empty without a file', () => {
  expect(toTensor({ dtype: 'float32', shape: [0, 3] }, new Uint8Array())).toEqual({
    dtype: 'float32',
    shape: [0, 3],
    data: new Float32Array(),
  });
});

it('refuses elements of another kind, and an array that ends beyond them', () => {
  const stored: StoredArray = { dtype: 'float32', shape: [2], file: 'f.npy', offset: 1 };
  expect(() => toTensor(stored, Int32Array.of(1, 2, 3), '<i4')).toThrow(GoldenError);
  expect(() => toTensor(stored, Float32Array.of(1, 2), '<f4')).toThrow('f.npy: ends at element 2, an array of it at 3');
});
