/** Where weights that a subgroup shares lie. */
import { expect, test } from 'vitest';
import { sharedWeights } from './lanes.wgsl.ts';

test('weights in every invocation, or a lane to each', () => {
  const names = (register: number): string => `w${register}`;
  const own = sharedWeights(3, 0);
  expect([own.registers, own.tapOf(2), own.at(2, names)]).toEqual([3, '2', 'w2']);
  const shared = sharedWeights(6, 4);
  expect([shared.registers, shared.tapOf('r'), shared.at(5, names)]).toEqual([2, '(r * 4 + lane)', 'subgroupBroadcast(w1, 1u)']);
});
