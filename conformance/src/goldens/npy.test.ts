import { describe, expect, it } from 'vitest';
import { GoldenError } from './golden-error.ts';
import { readNpy, type Descr } from './npy.ts';

/** A .npy file as NumPy writes it. */
function npyFile(descr: string, shape: string, data: ArrayBufferView): Uint8Array {
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`;
  const padded = `${header.padEnd(117)}\n`;
  const bytes = new Uint8Array(10 + padded.length + data.byteLength);
  bytes.set([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0, padded.length, 0]);
  bytes.set(new TextEncoder().encode(padded), 10);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), 10 + padded.length);
  return bytes;
}

const floats = npyFile('<f4', '(3,)', Float32Array.of(1, 2, 3));
const entry = { descr: '<f4', count: 3 } as const;

describe('readNpy', () => {
  it.each<[Descr, ArrayBufferView]>([
    ['|u1', Uint8Array.of(0, 255)],
    ['|i1', Int8Array.of(-128, 127)],
    ['<u2', Uint16Array.of(0, 65535)],
    ['<i2', Int16Array.of(-32768, 1)],
    ['<u4', Uint32Array.of(0, 4294967295)],
    ['<i4', Int32Array.of(-2147483648, 1)],
    ['<f4', Float32Array.of(-0, NaN)],
    ['<f8', Float64Array.of(Infinity, 1e300)],
  ])('reads %s', (descr, data) => {
    expect(readNpy('data/x.npy', npyFile(descr, '(2,)', data), { descr, count: 2 })).toEqual(data);
  });

  it('reads from a view at an odd offset, such as a Node Buffer', () => {
    const pool = new Uint8Array(floats.length + 3);
    pool.set(floats, 3);
    expect([...readNpy('data/x.npy', pool.subarray(3), entry)]).toEqual([1, 2, 3]);
  });

  it.each<[string, Uint8Array]>([
    ['an empty file', new Uint8Array()],
    ['no .npy file', new TextEncoder().encode('version https://git-lfs.github.com/spec/v1 and more than a header')],
    ['a header cut off', floats.subarray(0, 40)],
    ['an element cut off', floats.subarray(0, floats.length - 4)],
    ['half an element cut off', floats.subarray(0, floats.length - 2)],
    ['an element too many', npyFile('<f4', '(3,)', Float32Array.of(1, 2, 3, 4))],
    ['another dtype', npyFile('<i4', '(3,)', Int32Array.of(1, 2, 3))],
    ['a dtype it does not know', npyFile('<f2', '(3,)', Uint16Array.of(1, 2, 3))],
    ['another count', npyFile('<f4', '(2,)', Float32Array.of(1, 2))],
    ['two axes', npyFile('<f4', '(1, 3)', Float32Array.of(1, 2, 3))],
  ])('refuses %s', (_, bytes) => {
    expect(() => readNpy('data/x.npy', bytes, entry)).toThrow(GoldenError);
    expect(() => readNpy('data/x.npy', bytes, entry)).toThrow(/^goldens\/data\/x\.npy: /);
  });
});
