/** float16 and bfloat16: every bit pattern decodes and encodes again; between two neighbours the nearer wins, a tie goes to the even one. */
import { describe, expect, test } from 'vitest';
import { fromBfloat16Bits, toBfloat16Bits } from './bfloat16.ts';
import { fromFloat16Bits, toFloat16Bits } from './float16.ts';

const formats = [
  { name: 'float16', from: fromFloat16Bits, to: toFloat16Bits, infinity: 0x7c00, nan: 0x7e00 },
  { name: 'bfloat16', from: fromBfloat16Bits, to: toBfloat16Bits, infinity: 0x7f80, nan: 0x7fc0 },
];

describe.each(formats)('$name', ({ from, to, infinity, nan }) => {
  test('all bit patterns survive the way there and back', () => {
    const broken: number[] = [];
    for (let bits = 0; bits < 0x10000; bits++) {
      const expected = (bits & 0x7fff) > infinity ? nan : bits;
      if (to(from(bits)) !== expected) broken.push(bits);
    }
    expect(broken).toEqual([]);
  });

  test('midpoints go to even, their neighbours to the nearer', () => {
    const broken: number[] = [];
    for (let bits = 0; bits < infinity - 1; bits++) {
      const below = from(bits);
      const middle = below + (from(bits + 1) - below) / 2;
      const nudge = middle * 2 ** -20;
      const even = bits + (bits & 1);
      if (to(middle) !== even || to(-middle) !== (even | 0x8000)) broken.push(bits);
      // The lowest bfloat16 midpoints are float32 subnormals, too coarse to nudge.
      if (nudge >= 2 ** -149 && (to(middle - nudge) !== bits || to(middle + nudge) !== bits + 1)) broken.push(bits);
    }
    expect(broken).toEqual([]);
  });

  test('what is too large is infinite', () => {
    expect(to(3.4e38 * 10)).toBe(infinity);
    expect(to(-Infinity)).toBe(infinity | 0x8000);
    expect(to(NaN)).toBe(nan);
    expect(to(-0)).toBe(0x8000);
    expect(to(5e-324)).toBe(0);
  });
});

test('values by hand', () => {
  expect([1, -2, 65504, 65519.99, 65520, 2 ** -24, 2 ** -25].map(toFloat16Bits)).toEqual([0x3c00, 0xc000, 0x7bff, 0x7bff, 0x7c00, 1, 0]);
  expect([1, -2, 3.3895314e38, 2 ** -133].map(toBfloat16Bits)).toEqual([0x3f80, 0xc000, 0x7f7f, 1]);
});
