/** The gradients as problems. That they are the gradients is held by goldens of `jax.vjp` and by the adjoint identity. */
import { describe, expect, test } from 'vitest';
import { freezeProblem } from '../../problem/freeze-problem.ts';
import type { ConvProblem } from '../../problem/problem.ts';
import { resolveConv, type ConvArguments } from '../../resolve/conv.ts';
import { dilate } from '../../problem/sizes.ts';
import { lhsCotangent, rhsCotangent } from './cotangents.ts';

interface Case extends ConvArguments {
  readonly lhs: readonly number[];
  readonly rhs: readonly number[];
}

function forward({ lhs, rhs, ...args }: Case): ConvProblem {
  const spec = (shape: readonly number[]) => ({ shape, dtype: 'float32' }) as const;
  const { problem } = resolveConv('lax.conv', spec(lhs), spec(rhs), { windowStrides: [1], padding: [[0, 0]], ...args });
  if (problem === null) throw new Error('an empty problem');
  return problem;
}

/** Per spatial dimension: by how much the padded input is larger than what the windows cover. */
function uncovered(problem: ConvProblem): number[] {
  const { lhs, rhs, out, lhsSpec, rhsSpec, outSpec, windowStrides, padding, lhsDilation, rhsDilation } = problem;
  return padding.map(([lo, hi], d) => {
    const padded = lo + dilate(lhs.shape[lhsSpec[d + 2]], lhsDilation[d]) + hi;
    const covered = dilate(rhs.shape[rhsSpec[d + 2]], rhsDilation[d]) + (out.shape[outSpec[d + 2]] - 1) * windowStrides[d];
    return padded - covered;
  });
}

test.each<[string, Case]>([
  ['plain', { lhs: [2, 3, 7], rhs: [4, 3, 3] }],
  ['padded', { lhs: [2, 3, 7], rhs: [4, 3, 3], padding: [[2, 5]] }],
  ['cropped', { lhs: [2, 3, 7], rhs: [4, 3, 3], padding: [[-2, -1]] }],
  ['strided, with a rest', { lhs: [2, 3, 8], rhs: [4, 3, 3], windowStrides: [3] }],
  ['dilated', { lhs: [2, 3, 5], rhs: [4, 3, 2], lhsDilation: [2], rhsDilation: [3], windowStrides: [2], padding: [[1, 2]] }],
  ['in feature groups', { lhs: [2, 6, 7], rhs: [4, 3, 3], featureGroupCount: 2, padding: [[1, 0]] }],
  ['in batch groups', { lhs: [4, 3, 7], rhs: [4, 3, 3], batchGroupCount: 2, padding: [[1, 0]] }],
])('the pads of both are exact: %s', (_, args) => {
  const problem = forward(args);
  for (const step of [lhsCotangent(problem), rhsCotangent(problem)]) expect(uncovered(step.problem as ConvProblem)).toEqual([0]);
});

describe('without groups, in one dtype', () => {
  const problem = forward({ lhs: [2, 3, 7], rhs: [4, 3, 3] });

  test('nothing is read through a view', () => {
    const operand = (index: number) => ({ from: 'operand', index });
    const { problem: toLhs, ...lhs } = lhsCotangent(problem);
    expect(lhs).toStrictEqual({ lhs: operand(2), rhs: operand(1), out: problem.lhs });
    const { problem: toRhs, ...rhs } = rhsCotangent(problem);
    expect(rhs).toStrictEqual({ lhs: operand(0), rhs: operand(2), out: problem.rhs });
    expect([toLhs?.windowReversal, toRhs?.windowReversal]).toEqual([[true], [false]]);
  });
});

test('the gradient of a kernel that is reversed in one dimension is read backwards in that one', () => {
  const problem = forward({ lhs: [1, 1, 4, 5], rhs: [1, 1, 2, 3], windowStrides: [1, 1], padding: 'VALID' });
  const { view } = rhsCotangent(freezeProblem({ ...problem, windowReversal: [false, true] }));
  expect(view).toEqual({ shape: [1, 1, 2, 3], strides: [6, 6, 3, -1], offset: 2, dtype: 'float32', conjugate: false });
});
