import { describe, expect, test } from 'vitest';
import { ruleOf } from '../rule-of.test.fixture.ts';
import { resolveDimensionNumbers } from './dimension-numbers.ts';

const resolve = (rank: number, dimensionNumbers: unknown, rhsRank = rank): unknown => {
  const { lhsSpec, rhsSpec, outSpec } = resolveDimensionNumbers(
    'lax.conv',
    new Array<number>(rank).fill(1),
    new Array<number>(rhsRank).fill(1),
    dimensionNumbers,
  );
  return [lhsSpec, rhsSpec, outSpec];
};

describe('layouts', () => {
  test.each<[number, unknown, unknown]>([
    [
      4,
      null,
      [
        [0, 1, 2, 3],
        [0, 1, 2, 3],
        [0, 1, 2, 3],
      ],
    ],
    [0, undefined, [[], [], []]],
    [
      4,
      ['NHWC', 'HWIO', 'NHWC'],
      [
        [0, 3, 1, 2],
        [3, 2, 0, 1],
        [0, 3, 1, 2],
      ],
    ],
    [
      2,
      ['CN', 'OI', 'NC'],
      [
        [1, 0],
        [0, 1],
        [0, 1],
      ],
    ],
    // the rhs string orders the spatial dimensions
    [
      4,
      ['NCHW', 'OIWH', 'NHCW'],
      [
        [0, 1, 3, 2],
        [0, 1, 2, 3],
        [0, 2, 3, 1],
      ],
    ],
    [
      4,
      ['NabC', 'baIO', 'CNab'],
      [
        [0, 3, 2, 1],
        [3, 2, 0, 1],
        [1, 0, 3, 2],
      ],
    ],
    // any letters, by code point
    [
      5,
      ['Nn☃ C', 'O☃nI ', ' C☃nN'],
      [
        [0, 4, 2, 1, 3],
        [0, 3, 1, 2, 4],
        [4, 1, 2, 3, 0],
      ],
    ],
    [
      3,
      ['N🎈C', 'OI🎈', '🎈NC'],
      [
        [0, 2, 1],
        [0, 1, 2],
        [1, 2, 0],
      ],
    ],
    [3, { lhsSpec: [2, 1, 0], rhsSpec: [-1, 9, 0], outSpec: [] }, [[2, 1, 0], [-1, 9, 0], []]],
  ])('rank %i, %j', (rank, given, expected) => {
    expect(resolve(rank, given)).toEqual(expected);
  });

  test('a ConvDimensionNumbers is taken as it is, whatever the ranks', () => {
    expect(resolve(3, { lhsSpec: [0, 1], rhsSpec: [0, 1], outSpec: [0, 1] }, 5)).toEqual([
      [0, 1],
      [0, 1],
      [0, 1],
    ]);
  });
});

const holes: unknown[] = [];
holes.length = 3;
test.each<[string, number, unknown, string]>([
  ['a string', 4, 'NCHW', 'dimension-numbers/type'],
  ['a number', 4, 0, 'dimension-numbers/type'],
  ['an object', 4, { lhsSpec: [0] }, 'dimension-numbers/type'],
  ['specs that are no lists', 2, { lhsSpec: 'NC', rhsSpec: 'OI', outSpec: 'NC' }, 'dimension-numbers/type'],
  ['one spec that is no list', 2, { lhsSpec: [0, 1], rhsSpec: 'OI', outSpec: [0, 1] }, 'dimension-numbers/type'],
  ['letters of two code units', 3, ['🎈🎈🎈', 'OI🎈', 'NC🎈'], 'dimension-numbers/required-letters'],
  ['two layouts', 4, ['NCHW', 'OIHW'], 'dimension-numbers/length'],
  ['none', 4, [], 'dimension-numbers/length'],
  [
    'axes as lists',
    2,
    [
      [0, 1],
      [0, 1],
      [0, 1],
    ],
    'dimension-numbers/strings',
  ],
  ['null among them', 4, ['NCHW', 'OIHW', null], 'dimension-numbers/strings'],
  ['holes', 4, holes, 'dimension-numbers/strings'],
  ['too short a layout', 4, ['NCHW', 'OIH', 'NCHW'], 'dimension-numbers/string-length'],
  ['too long a layout', 3, ['NCH', 'OIH', 'NCHW'], 'dimension-numbers/string-length'],
  ['no N', 4, ['CHWX', 'OIHW', 'NCHW'], 'dimension-numbers/required-letters'],
  ['N twice', 4, ['NCHN', 'OIHW', 'NCHW'], 'dimension-numbers/required-letters'],
  ['lower case', 4, ['nchw', 'OIHW', 'NCHW'], 'dimension-numbers/required-letters'],
  ['N and C in the kernel', 4, ['NCHW', 'NCHW', 'NCHW'], 'dimension-numbers/required-letters'],
  ['a letter twice', 4, ['NCHH', 'OIHW', 'NCHW'], 'dimension-numbers/duplicate-letters'],
  ['other letters', 4, ['NCHW', 'OIHW', 'NCHD'], 'dimension-numbers/spatial-letters'],
])('%s is refused', (_, rank, given, rule) => {
  expect(ruleOf(() => resolve(rank, given))).toBe(rule);
});

test('different ranks are refused, layouts or none', () => {
  expect(ruleOf(() => resolve(3, null, 4))).toBe('dimension-numbers/rank');
  expect(ruleOf(() => resolve(3, 'anything', 4))).toBe('dimension-numbers/rank');
});
