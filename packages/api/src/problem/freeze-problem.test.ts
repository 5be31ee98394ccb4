import { expect, it } from 'vitest';
import { zeros } from '../tensor/tensor.ts';
import { resolve } from '../call/resolve.ts';
import { freezeProblem } from './freeze-problem.ts';

const operands = [zeros([1, 1, 4], 'float32'), zeros([1, 1, 2], 'float32')];
const [problem] = resolve({ fn: 'lax.conv', operands, args: [[1], 'SAME'] });

it('copies and freezes, to the last pair', () => {
  const frozen = freezeProblem({ ...problem });
  expect(frozen).toEqual(problem);
  expect([frozen, frozen.lhs, frozen.lhs.shape, frozen.padding, frozen.padding[0]].every(Object.isFrozen)).toBe(true);
});

it.each([
  ['problem', null],
  ['problem', undefined],
  ['problem', 5],
  ['problem.lhs', {}],
  ['problem.lhs', { ...problem, lhs: { shape: [1.5], dtype: 'float32' } }],
  ['problem.rhs', { ...problem, rhs: { shape: [1, 1, 2], dtype: 'float31' } }],
  ['problem.lhsSpec', { ...problem, lhsSpec: 'NCH' }],
  ['problem.padding', { ...problem, padding: undefined }],
  ['problem.padding', { ...problem, padding: [[1]] }],
  ['problem.windowReversal', { ...problem, windowReversal: [0] }],
  ['problem.featureGroupCount', { ...problem, featureGroupCount: '1' }],
  ['problem.method', { ...problem, method: undefined }],
  ['problem.precision', { ...problem, precision: 'low' }],
  ['problem.lhs', { ...problem, lhs: { shape: [1, 1, -4], dtype: 'float32' } }],
  ['problem.windowStrides', { ...problem, windowStrides: [0] }],
  ['problem.windowStrides', { ...problem, windowStrides: [Number.NaN] }],
  ['problem.windowStrides', { ...problem, windowStrides: [1, 1] }],
  ['problem.rhsDilation', { ...problem, rhsDilation: [-1] }],
  ['problem.padding', { ...problem, padding: [] }],
  ['problem.lhsSpec', { ...problem, lhsSpec: [0, 0, 0] }],
  ['problem.outSpec', { ...problem, outSpec: [0, 1, 2, 3] }],
  ['problem.rhs', { ...problem, rhs: { shape: [1, 1, 2, 1], dtype: 'float32' } }],
  ['problem.rhs', { ...problem, rhs: { shape: [1, 1, 2], dtype: 'int32' } }],
  ['problem.rhs', { ...problem, rhs: { shape: [1, 3, 2], dtype: 'float32' } }],
  ['problem.out', { ...problem, out: { shape: [1, 1, 5], dtype: 'float32' } }],
  ['problem.batchGroupCount', { ...problem, batchGroupCount: 2 }],
  ['problem.batchGroupCount', { ...problem, batchGroupCount: 2, featureGroupCount: 2 }],
  ['problem.lhs', { ...problem, lhs: { shape: [1, 0, 4], dtype: 'float32' } }],
  ['problem.padding', { ...problem, padding: new Array(1) }],
  ['problem.windowReversal', { ...problem, windowReversal: new Array(1) }],
  ['problem.out', { ...problem, out: { ...problem.out, dtype: 'int8' } }],
  ['problem.out', { ...problem, out: { ...problem.out, dtype: 'complex64' } }],
  ['problem.out', { ...problem, out: { ...problem.out, dtype: 'float16' } }],
  ['problem.featureGroupCount', { ...problem, featureGroupCount: 2, lhs: { shape: [1, 2, 4], dtype: 'float32' } }],
])('refuses a wrong %s: %j', (argument, given) => {
  expect(() => freezeProblem(given as never, 'backend mine: prepare')).toThrow(
    expect.objectContaining({
      rule: 'backend/problem',
      argument,
      message: expect.stringMatching(`^backend mine: prepare: ${argument} must be .*, got `) as string,
    }) as Error,
  );
});
