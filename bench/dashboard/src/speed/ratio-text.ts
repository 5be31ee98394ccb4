/** Ratios in words: how often as fast or as slow as the base. */
import { formatNumber } from '../../../src/format/format.ts';
import type { Estimate } from '../../../src/statistics/statistics.ts';
import type { Standing } from './speed-table.ts';

/** '2.50× faster' of a ratio of times 0.4; '1.20× slower' of 1.2. */
export function ratioText(ratio: number): string {
  return ratio <= 1 ? `${formatNumber(1 / ratio)}× faster` : `${formatNumber(ratio)}× slower`;
}

/** The standing of a cell as a word or two, with its ratio where it is one. */
export function standingText(standing: Standing, ratio: Estimate | null): string {
  switch (standing) {
    case 'base':
      return 'base';
    case 'no base':
      return 'no base here';
    case 'same':
      return 'about the same';
    case 'faster':
    case 'slower':
      return ratio === null ? standing : ratioText(ratio.value);
  }
}
