import { expect, it } from 'vitest';
import { randomFrom } from './random.ts';
import { RoundPool } from './round-pool.ts';
import { median } from './statistics.ts';

it('gives the median of the samples of the rounds that were drawn, as often as they were', () => {
  const random = randomFrom(3);
  for (let trial = 0; trial < 300; trial++) {
    const rounds = Array.from({ length: 1 + Math.floor(random() * 5) }, () =>
      Array.from({ length: Math.floor(random() * 5) }, () => Math.floor(random() * 6)),
    );
    const times = rounds.map(() => Math.floor(random() * 4));
    const drawn = rounds.flatMap((samples, round) => Array.from({ length: times[round] }, () => samples).flat());
    expect(new RoundPool(rounds).median(times)).toBe(median(drawn));
  }
});
