import { describe, expect, it } from 'vitest';
import { randomFrom } from './random.ts';
import { estimateChange, estimateMedian, estimateRatio, geometricMean, median, quantile } from './statistics.ts';

/** Log-normal timings, as real ones roughly are: a middle, and a long tail to the slow side. */
function timings(seed: number, middle: number, rounds: number, samples: number): number[][] {
  const random = randomFrom(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: rounds }, () => {
    const mood = Math.exp(0.05 * normal());
    return Array.from({ length: samples }, () => middle * mood * Math.exp(0.05 * normal()));
  });
}

describe('median and quantile', () => {
  it('take the middle of unsorted samples and leave them as they were', () => {
    const samples = [3, 1, 2];
    expect(median(samples)).toBe(2);
    expect(samples).toEqual([3, 1, 2]);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([10, 9, 100])).toBe(10);
  });

  it('interpolate between samples', () => {
    expect(quantile([0, 10], 0.25)).toBe(2.5);
    expect(quantile([5], 0.975)).toBe(5);
  });

  it('are NaN of nothing', () => {
    expect(median([])).toBeNaN();
    expect(quantile([], 0.5)).toBeNaN();
    expect(estimateMedian([]).value).toBeNaN();
  });
});

describe('estimateMedian', () => {
  it('is the same for the same samples', () => {
    const rounds = timings(7, 10, 5, 4);
    expect(estimateMedian(rounds)).toEqual(estimateMedian(rounds));
  });

  it('has an interval of no width for constant samples', () => {
    expect(estimateMedian([[2, 2], [2], [2]])).toEqual({ value: 2, low: 2, high: 2 });
  });

  it('has an interval that holds the true median about as often as it claims', () => {
    const trials = 200;
    const held = Array.from({ length: trials }, (_, trial) => estimateMedian(timings(trial + 1, 10, 12, 5))).filter(
      ({ low, high }) => low <= 10 && high >= 10,
    ).length;
    expect(held / trials).toBeGreaterThan(0.85);
  });

  it('sees the spread between rounds, which pooled samples would hide', () => {
    const { low, high } = estimateMedian([Array(50).fill(1), Array(50).fill(2), Array(50).fill(1), Array(50).fill(2)]);
    expect(low).toBe(1);
    expect(high).toBe(2);
  });
});

describe('estimateRatio', () => {
  it('finds a doubling within its interval', () => {
    const base = timings(3, 5, 10, 8);
    const { value, low, high } = estimateRatio(timings(4, 10, 10, 8), base);
    expect(value).toBeCloseTo(2, 0);
    expect(low).toBeLessThan(2.05);
    expect(high).toBeGreaterThan(1.95);
  });

  it('is not disturbed by a slow round that hit both sides', () => {
    const base = [[1], [1], [7], [1], [1]];
    const twice = base.map((round) => round.map((sample) => sample * 2));
    expect(estimateRatio(twice, base)).toEqual({ value: 2, low: 2, high: 2 });
  });

  it('uses only the rounds that both sides have', () => {
    expect(estimateRatio([[2], [2], [100]], [[1], [1]]).value).toBe(2);
  });
});

describe('estimateChange', () => {
  it('finds a change between runs that were timed apart, and none where there is none', () => {
    const before = timings(11, 10, 9, 8);
    const slower = estimateChange(timings(12, 15, 9, 8), before);
    expect(slower.low).toBeGreaterThan(1.3);
    expect(slower.high).toBeLessThan(1.8);
    const same = estimateChange(timings(13, 10, 5, 8), before);
    expect(same.low).toBeLessThan(1);
    expect(same.high).toBeGreaterThan(1);
  });
});

describe('geometricMean', () => {
  it('takes twice and half as 1', () => {
    expect(geometricMean([2, 0.5])).toBeCloseTo(1, 12);
    expect(geometricMean([4, 9])).toBeCloseTo(6, 12);
    expect(geometricMean([])).toBeNaN();
  });
});
