/** The random problems are valid by JAX's shape rule, computed here in its own words, and show every feature often enough. */
import fc from 'fast-check';
import { DTYPE_NAMES, type ConvProblem, type DType } from '@laxconv/api/backend';
import { describe, expect, test } from 'vitest';
import { outDTypesOf } from './out-dtypes.ts';
import { factorial, inverse, permutation } from './permutation.ts';
import { problemArbitrary } from './problem.ts';

const problems = fc.sample(problemArbitrary({ dtype: 'float32', outDTypes: outDTypesOf('float32') }), { numRuns: 1000, seed: 11 });

function sizes({ lhs, rhs, out, lhsSpec, rhsSpec, outSpec }: ConvProblem) {
  const read = (shape: readonly number[], spec: readonly number[]): number[] => spec.map((axis) => shape[axis]);
  return { lhs: read(lhs.shape, lhsSpec), rhs: read(rhs.shape, rhsSpec), out: read(out.shape, outSpec) };
}

describe('a random problem', () => {
  test('has the sizes that conv_general_dilated infers', () => {
    for (const problem of problems) {
      const { lhs, rhs, out } = sizes(problem);
      const { featureGroupCount, batchGroupCount } = problem;
      expect(lhs[1]).toBe(rhs[1] * featureGroupCount);
      expect(rhs[0] % (featureGroupCount * batchGroupCount)).toBe(0);
      expect(Math.min(featureGroupCount, batchGroupCount)).toBe(1);
      expect(out.slice(0, 2)).toEqual([lhs[0] / batchGroupCount, rhs[0]]);
      const spatial = problem.windowStrides.map((stride, d) => {
        const dilated = 1 + problem.lhsDilation[d] * (lhs[d + 2] - 1);
        const window = 1 + problem.rhsDilation[d] * (rhs[d + 2] - 1);
        return Math.floor((dilated + problem.padding[d][0] + problem.padding[d][1] - window) / stride) + 1;
      });
      expect(out.slice(2)).toEqual(spatial);
      expect(Math.min(...lhs, ...rhs, ...out)).toBeGreaterThanOrEqual(1);
    }
  });

  test.each<[string, (problem: ConvProblem) => boolean]>([
    ['3 spatial dimensions', ({ windowStrides }) => windowStrides.length === 3],
    ['no spatial dimension', ({ windowStrides }) => windowStrides.length === 0],
    ['a stride', ({ windowStrides }) => windowStrides.some((stride) => stride > 1)],
    ['different strides', ({ windowStrides }) => new Set(windowStrides).size > 1],
    ['negative padding', ({ padding }) => padding.some(([lo, hi]) => lo < 0 || hi < 0)],
    ['padding of mixed signs', ({ padding }) => padding.some(([lo, hi]) => lo * hi < 0)],
    ['uneven padding', ({ padding }) => padding.some(([lo, hi]) => lo !== hi)],
    ['lhs dilation', ({ lhsDilation }) => lhsDilation.some((dilation) => dilation > 1)],
    ['rhs dilation', ({ rhsDilation }) => rhsDilation.some((dilation) => dilation > 1)],
    ['reversal', ({ windowReversal }) => windowReversal.includes(true)],
    ['reversal of some dimensions only', ({ windowReversal }) => new Set(windowReversal).size === 2],
    ['feature groups', ({ featureGroupCount }) => featureGroupCount > 1],
    ['batch groups', ({ batchGroupCount }) => batchGroupCount > 1],
    ['a layout of lhs', ({ lhsSpec }) => lhsSpec.some((axis, index) => axis !== index)],
    ['another layout of out than of lhs', ({ lhsSpec, outSpec }) => lhsSpec.join() !== outSpec.join()],
    ['another dtype of out', ({ lhs, out }) => lhs.dtype !== out.dtype],
    ['precision highest', ({ precision }) => precision === 'highest'],
    ['method fft', ({ method }) => method === 'fft'],
  ])('has %s in at least one of 20', (_, has) => {
    expect(problems.filter(has).length).toBeGreaterThanOrEqual(problems.length / 20);
  });

  test('is the same for the same seed', () => {
    const draw = () => fc.sample(problemArbitrary({ dtype: 'int8' }), { numRuns: 5, seed: 3 });
    expect(draw()).toEqual(draw());
  });
});

test('output dtypes are those of preferred_element_type', () => {
  const pairs: [DType, DType[]][] = [
    ['float32', ['float32', 'float64']],
    ['float16', ['float16', 'bfloat16', 'float32', 'float64']],
    ['complex64', ['complex64', 'complex128']],
    ['int32', ['int32', 'int64', 'float32', 'float64']],
    ['uint8', DTYPE_NAMES.filter((dtype) => dtype !== 'bool' && !dtype.startsWith('complex'))],
    ['bool', [...DTYPE_NAMES]],
  ];
  for (const [dtype, outs] of pairs) expect(outDTypesOf(dtype).toSorted()).toEqual(outs.toSorted());
});

test('permutations are numbered from the identity, and undone by their inverse', () => {
  expect(permutation(0, 4)).toEqual([0, 1, 2, 3]);
  expect(new Set(Array.from({ length: factorial(4) }, (_, number) => permutation(number, 4).join())).size).toBe(24);
  for (let number = 0; number < 24; number++) {
    const order = permutation(number, 4);
    expect(inverse(order).map((index) => order[index])).toEqual([0, 1, 2, 3]);
  }
});
