import { expect, it } from 'vitest';
import { encodeMessage } from './protobuf.ts';

/** The examples of https://protobuf.dev/programming-guides/encoding/. */
it('writes numbers, strings, bytes and nested messages as protobuf does', () => {
  expect([...encodeMessage([[1, 150]])]).toEqual([0x08, 0x96, 0x01]);
  expect([...encodeMessage([[2, 'testing']])]).toEqual([0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67]);
  expect([...encodeMessage([[3, [[1, 150]]]])]).toEqual([0x1a, 0x03, 0x08, 0x96, 0x01]);
  expect([...encodeMessage([[9, Uint8Array.of(1, 2)]])]).toEqual([0x4a, 0x02, 1, 2]);
});

it('writes field numbers above 15 and lengths above 127 in two bytes', () => {
  expect([...encodeMessage([[20, 7]])]).toEqual([0xa0, 0x01, 7]);
  const long = encodeMessage([[1, 'x'.repeat(300)]]);
  expect(long.slice(0, 3)).toEqual(Uint8Array.of(0x0a, 0xac, 0x02));
  expect(long).toHaveLength(303);
});

it('writes numbers beyond 32 bits, and refuses negative ones', () => {
  expect([...encodeMessage([[1, 2 ** 35]])]).toEqual([0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01]);
  expect(() => encodeMessage([[1, -1]])).toThrow('a varint is a natural number, got -1');
});
