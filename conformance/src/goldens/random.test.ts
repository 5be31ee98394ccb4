import { toNumbers } from '@laxconv/api';
import { DTYPE_NAMES } from '@laxconv/api/backend';
import { describe, expect, it } from 'vitest';
import { lowbias32, randomTensor } from './random.ts';

describe('lowbias32', () => {
  it('is a permutation with no small cycle at its start', () => {
    expect(lowbias32(0)).toBe(0);
    const words = Array.from({ length: 1000 }, (_, k) => lowbias32(k));
    expect(new Set(words).size).toBe(1000);
    expect(words[1]).toBe(1753845952);
  });
});

describe('randomTensor', () => {
  it.each(DTYPE_NAMES)('depends on the seed alone: %s', (dtype) => {
    const one = randomTensor([3, 5], dtype, { seed: 1 });
    expect(one).toEqual(randomTensor([3, 5], dtype, { seed: 1 }));
    expect(one).not.toEqual(randomTensor([3, 5], dtype, { seed: 2 }));
    expect(one.shape).toEqual([3, 5]);
  });

  it('keeps to the range', () => {
    const narrow = toNumbers(randomTensor([500], 'int16', { seed: 3, low: -2, high: 4 })).map(Number);
    expect([...new Set(narrow)].toSorted((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2, 3, 4]);
    const wide = toNumbers(randomTensor([500], 'int64', { seed: 3, low: -1, high: 1 }));
    expect(new Set(wide.map(String))).toEqual(new Set(['-1', '0', '1']));
    const floats = toNumbers(randomTensor([500], 'float64', { seed: 3, low: 2, high: 3 })).map(Number);
    expect(floats.every((value) => value >= 2 && value < 3)).toBe(true);
  });

  it('uses the whole range of an integer dtype by default', () => {
    expect(Math.max(...toNumbers(randomTensor([2000], 'uint8', { seed: 4 })).map(Number))).toBe(255);
    expect(toNumbers(randomTensor([50], 'uint64', { seed: 5 })).some((value) => value > 2n ** 63n)).toBe(true);
    expect(toNumbers(randomTensor([50], 'int64', { seed: 5 })).some((value) => value < 0n)).toBe(true);
  });
});
