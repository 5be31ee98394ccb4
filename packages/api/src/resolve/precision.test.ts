import { expect, test } from 'vitest';
import { ruleOf } from '../rule-of.test.fixture.ts';
import { isAlgorithmName, resolvePrecision } from './precision.ts';

test.each<[unknown, string]>([
  [undefined, 'default'],
  [null, 'default'],
  ['default', 'default'],
  ['fastest', 'default'],
  ['bfloat16', 'default'],
  ['high', 'high'],
  ['bfloat16_3x', 'high'],
  ['tensorfloat32', 'high'],
  ['highest', 'highest'],
  ['float32', 'highest'],
  [['default', 'high'], 'high'],
  [['highest', 'fastest'], 'highest'],
  ['DEFAULT', 'default'],
  ['ANY_F8_ANY_F8_ANY', 'default'],
  ['F16_F16_F32', 'default'],
  ['BF16_BF16_F32', 'default'],
  ['BF16_BF16_F32_X3', 'high'],
  ['BF16_BF16_F32_X9', 'high'],
  ['TF32_TF32_F32', 'high'],
  ['F32_F32_F32', 'highest'],
  ['F64_F64_F64', 'highest'],
])('%j is %s', (precision, level) => {
  expect(resolvePrecision('lax.conv', precision)).toBe(level);
});

test.each<[unknown, string]>([
  ['HIGHEST', 'precision/value'],
  ['', 'precision/value'],
  ['toString', 'precision/value'],
  [1, 'precision/value'],
  [true, 'precision/value'],
  [{}, 'precision/value'],
  [[], 'precision/value'],
  [['high'], 'precision/value'],
  [['high', null], 'precision/value'],
  [['high', 'high', 'high'], 'precision/value'],
  [['high', 'foo'], 'precision/value'],
  [['high', ['high']], 'precision/value'],
  // names are read in order
  [['F32_F32_F32', 'high'], 'precision/pair'],
  [['high', 'F64_F64_F64'], 'precision/pair'],
  [['F32_F32_F32', 'foo'], 'precision/pair'],
  [['foo', 'F32_F32_F32'], 'precision/value'],
])('%j is refused: %s', (precision, rule) => {
  expect(ruleOf(() => resolvePrecision('lax.conv', precision))).toBe(rule);
});

test('an algorithm has a name of its own', () => {
  for (const name of ['F32_F32_F32', 'DEFAULT']) expect(isAlgorithmName(name)).toBe(true);
  for (const other of ['default', 'high', 'toString', ['F32_F32_F32'], null]) expect(isAlgorithmName(other)).toBe(false);
});
