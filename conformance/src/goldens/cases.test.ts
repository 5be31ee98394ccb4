import { describe, expect, it } from 'vitest';
import { caseFileSchema, expandCases } from './cases.ts';

function expand(entry: object) {
  return expandCases('cases/f.json', caseFileSchema.parse({ family: 'f', about: '', cases: [{ name: 'c', about: '', ...entry }] }));
}

const call = {
  fn: 'lax.conv',
  operands: [{ shape: [1, 1], dtype: '$dtype', random: { seed: 1 } }],
  args: ['$window.strides', '$window.pad'],
};

describe('expandCases', () => {
  it('makes the product of the parameters, the last fastest', () => {
    const params = { dtype: ['int8', 'bool'], window: { a: { strides: [1], pad: 'SAME' }, b: { strides: [2], pad: [[0, 1]] } } };
    const expanded = expand({ params, call });
    expect(expanded.map(({ key }) => key)).toEqual([
      'c:dtype=int8,window=a',
      'c:dtype=int8,window=b',
      'c:dtype=bool,window=a',
      'c:dtype=bool,window=b',
    ]);
    expect(expanded[3].params).toEqual({ dtype: 'bool', window: 'b' });
    expect(expanded[3].call).toEqual({ ...call, operands: [{ ...call.operands[0], dtype: 'bool' }], args: [[2], [[0, 1]]] });
  });

  it('fills parameters into the rule', () => {
    const expanded = expand({ params: { dtype: ['int8'], rule: { a: 'padding/count' } }, call: { ...call, args: [] }, refused: '$rule' });
    expect(expanded[0].refused).toBe('padding/count');
  });

  it('leaves omitted cases out', () => {
    expect(expand({ call: { ...call, operands: [], args: [] }, omitted: 'JAX aborts' })).toEqual([]);
  });

  it('names a case that is not a call', () => {
    expect(() => expand({ params: { dtype: ['float23'] }, call: { ...call, args: [] } })).toThrow(
      /goldens\/cases\/f\.json: .*c:dtype=float23/,
    );
    expect(() => expand({ call: { ...call, args: [] } })).toThrow(/no parameter \$dtype/);
  });
});
