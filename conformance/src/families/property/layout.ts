/** Layouts and the order of spatial dimensions are names for axes: they move numbers, never change them. */
import fc from 'fast-check';
import type { AnyTensor, DType, Tensor } from '@laxconv/api/backend';
import { inLayout } from '../../arbitraries/build-problem.ts';
import { convolutionArbitrary, operandsOf, type Convolution } from '../../arbitraries/convolution.ts';
import { inverse, permutation } from '../../arbitraries/permutation.ts';
import { changed, someOutDTypes } from '../random/change-problem.ts';
import type { Lab } from '../random/lab.ts';
import type { ConformanceTest } from '../../suite/test.ts';
import { randomTest } from '../random/random-test.ts';
import { permute } from '../random/reindex.ts';

interface Relayout {
  readonly convolution: Convolution;
  readonly layouts: readonly [lhs: number, rhs: number, out: number];
}

async function layoutHolds(lab: Lab, { convolution, layouts }: Relayout): Promise<void> {
  const { problem } = convolution;
  const { lhs, rhs } = operandsOf(convolution);
  const got = await lab.convolve(problem, lhs, rhs);
  const rank = problem.lhsSpec.length;
  const [lhsSpec, rhsSpec, outSpec] = layouts.map((number) => permutation(number, rank));
  const x = relaidOut(lhs, problem.lhsSpec, lhsSpec);
  const w = relaidOut(rhs, problem.rhsSpec, rhsSpec);
  const sizes = problem.outSpec.map((axis) => problem.out.shape[axis]);
  const out = { dtype: problem.out.dtype, shape: inLayout(sizes, outSpec) };
  const result = await lab.convolve(changed(problem, { lhs: x, rhs: w, out, lhsSpec, rhsSpec, outSpec }), x, w);
  lab.same(got, relaidOut(result, outSpec, problem.outSpec), 'Other layouts give other numbers');
}

function relaidOut(tensor: AnyTensor, from: readonly number[], to: readonly number[]): Tensor {
  return permute(permute(tensor, from), inverse(to));
}

interface Reorder {
  readonly convolution: Convolution;
  readonly order: number;
}

async function orderHolds(lab: Lab, { convolution, order }: Reorder): Promise<void> {
  const { problem } = convolution;
  const { lhs, rhs } = operandsOf(convolution);
  const got = await lab.convolve(problem, lhs, rhs);
  const dimensions = permutation(order, problem.windowStrides.length);
  const reorder = <T>(values: readonly T[]): T[] => dimensions.map((d) => values[d]);
  const spec = ([first, second, ...spatial]: readonly number[]): number[] => [first, second, ...reorder(spatial)];
  const renamed = changed(problem, {
    lhsSpec: spec(problem.lhsSpec),
    rhsSpec: spec(problem.rhsSpec),
    outSpec: spec(problem.outSpec),
    windowStrides: reorder(problem.windowStrides),
    padding: reorder(problem.padding),
    lhsDilation: reorder(problem.lhsDilation),
    rhsDilation: reorder(problem.rhsDilation),
    windowReversal: reorder(problem.windowReversal),
  });
  lab.same(await lab.convolve(renamed, lhs, rhs), got, 'Naming the spatial dimensions in another order changes the result');
}

/** The tests of layouts and of the order of dimensions. */
export function layout(dtype: DType): ConformanceTest[] {
  const outDTypes = someOutDTypes(dtype);
  const number = fc.nat(119);
  return [
    randomTest({
      family: 'property',
      address: `layout-invariance:dtype=${dtype}`,
      about: 'Operands and result in other layouts hold the same numbers.',
      arbitrary: fc.record({ convolution: convolutionArbitrary({ dtype, outDTypes }), layouts: fc.tuple(number, number, number) }),
      holds: layoutHolds,
    }),
    randomTest({
      family: 'property',
      address: `spatial-order:dtype=${dtype}`,
      about: 'The order in which spatial dimensions are named does not matter.',
      arbitrary: fc.record({
        convolution: convolutionArbitrary({ dtype, outDTypes, ranks: [2, 3] }),
        order: fc.integer({ min: 1, max: 5 }),
      }),
      holds: orderHolds,
    }),
  ];
}
