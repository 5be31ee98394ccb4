import { describe, expect, test } from 'vitest';
import { ruleOf } from '../rule-of.test.fixture.ts';
import { bindArguments, type Signature } from './signature.ts';

const signature: Signature = {
  op: 'scipy.signal.convolve',
  operands: ['in1', 'in2'],
  required: ['size'],
  optional: ['mode', 'method'],
  options: ['precision', 'axes'],
};

describe('bindArguments', () => {
  test.each<[string, unknown[], Record<string, unknown>]>([
    ['the least', [1, 2, 3], { in1: 1, in2: 2, size: 3 }],
    ['optional ones', [1, 2, 3, 'm'], { in1: 1, in2: 2, size: 3, mode: 'm' }],
    ['options', [1, 2, 3, 'm', 'n', { axes: 0 }], { in1: 1, in2: 2, size: 3, mode: 'm', method: 'n', axes: 0 }],
    ['undefined as absent', [1, 2, 3, undefined, undefined, { axes: undefined }], { in1: 1, in2: 2, size: 3 }],
    ['null as None', [1, 2, 3, null, undefined, { axes: null }], { in1: 1, in2: 2, size: 3, mode: null, axes: null }],
    ['undefined options', [1, 2, 3, 'm', 'n', undefined], { in1: 1, in2: 2, size: 3, mode: 'm', method: 'n' }],
    ['options without a prototype', [1, 2, 3, 4, 5, Object.create(null)], { in1: 1, in2: 2, size: 3, mode: 4, method: 5 }],
  ])('%s', (_, values, expected) => {
    expect(bindArguments(signature, values)).toEqual(expected);
  });

  test.each<[string, unknown[], string]>([
    ['nothing', [], 'call/arity'],
    ['a missing operand', [1], 'call/arity'],
    ['a missing argument', [1, 2], 'call/arity'],
    ['undefined for an argument that must be given', [1, undefined, 3], 'call/arity'],
    ['one too many', [1, 2, 3, 4, 5, {}, 7], 'call/arity'],
    ['one too many, undefined', [1, 2, 3, 4, 5, {}, undefined], 'call/arity'],
    ['an array as options', [1, 2, 3, 4, 5, [1, 1]], 'call/options'],
    ['a typed array as options', [1, 2, 3, 4, 5, new Int32Array(1)], 'call/options'],
    ['a string as options', [1, 2, 3, 4, 5, 'SAME'], 'call/options'],
    ['null as options', [1, 2, 3, 4, 5, null], 'call/options'],
    ['a function as options', [1, 2, 3, 4, 5, () => 1], 'call/options'],
    ['a Map as options', [1, 2, 3, 4, 5, new Map([['axes', 0]])], 'call/options'],
    ['options on a prototype', [1, 2, 3, 4, 5, Object.create({ axes: 0 })], 'call/options'],
    ['an unknown option', [1, 2, 3, 4, 5, { precison: 'high' }], 'call/unknown-option'],
    ['an unknown option without a value', [1, 2, 3, 4, 5, { precison: undefined }], 'call/unknown-option'],
    ['a positional argument as an option', [1, 2, 3, 4, 5, { mode: 'full' }], 'call/unknown-option'],
  ])('refuses %s', (_, values, rule) => {
    expect(ruleOf(() => bindArguments(signature, values))).toBe(rule);
  });

  test('null is given, not missing', () => {
    expect(bindArguments(signature, [null, null, null])).toEqual({ in1: null, in2: null, size: null });
  });

  test('the message names what is missing and what there is', () => {
    expect(() => bindArguments(signature, [1, 2])).toThrow(
      'scipy.signal.convolve: missing argument size; the call is scipy.signal.convolve(in1, in2, size, mode, method, options)',
    );
    expect(() => bindArguments(signature, [1, 2, 3, 4, 5, { axis: 1 }])).toThrow('has no option "axis"; its options are precision, axes');
  });
});
