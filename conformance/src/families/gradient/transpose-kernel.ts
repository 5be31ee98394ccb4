/**
 * Gradients under a reversed window. A transposed kernel is the kernel read backwards with its feature axes exchanged; so its gradient is
 * that of the explicit kernel, read backwards and exchanged. Kernels of even and odd sizes, unequal along the dimensions.
 */
import fc from 'fast-check';
import type { DType, Tensor } from '@laxconv/api/backend';
import { EXACT_STYLES, fillArbitrary, type Fill } from '../../arbitraries/fill.ts';
import type { ConformanceTest } from '../../suite/test.ts';
import { changed, someOutDTypes } from '../random/change-problem.ts';
import type { Lab } from '../random/lab.ts';
import { randomTest } from '../random/random-test.ts';
import { flip } from '../random/reindex.ts';
import { tensorsOf, type GradientCall } from './gradient-call.ts';
import { isPlain, withGradientLab } from './gradient-lab.ts';
import { transposeCallArbitrary, type TransposeCall } from './transpose-call.ts';

interface Value {
  readonly call: TransposeCall;
  readonly fill: Fill;
}

async function holds(lab: Lab, { call: { args, problem }, fill }: Value): Promise<void> {
  const fills = { lhs: fill, rhs: fill, tangent: fill, cotangent: fill };
  const fn = 'lax.convTranspose' as const;
  const transposed: GradientCall = { fn, args, problem, fills };
  const { lhs, rhs, cotangent } = tensorsOf(transposed);
  const backwards = (kernel: Tensor): Tensor => problem.rhsSpec.slice(2).reduce((tensor, axis) => flip(tensor, axis), kernel);
  const [strides, padding, options] = args;
  const explicit: GradientCall = {
    fn,
    // The axes of rhs keep their places; only their names are exchanged.
    args: [strides, padding, { ...(options as object), transposeKernel: false, dimensionNumbers: namesOf(problem) }],
    problem: changed(problem, { windowReversal: problem.windowReversal.map(() => false) }),
    fills,
  };
  await withGradientLab(lab, async (gradients) => {
    for (const side of ['lhs', 'rhs'] as const) {
      const got = await gradients.gradient(transposed, side, lhs, rhs, cotangent);
      const { tensor, run } = await gradients.gradient(explicit, side, lhs, backwards(rhs), cotangent);
      const expected = side === 'lhs' ? tensor : backwards(tensor);
      if (isPlain(run) && isPlain(got.run))
        lab.same(got.tensor, expected, `the gradient of ${side} is not that of the kernel turned by hand`);
    }
  });
}

function namesOf({ lhsSpec, rhsSpec, outSpec }: TransposeCall['problem']): object {
  return { lhsSpec, rhsSpec, outSpec };
}

/** The tests of `transposeKernel` as a gradient. */
export function transposeKernel(dtype: DType): ConformanceTest[] {
  return [
    randomTest({
      family: 'gradient',
      address: `transpose-kernel:dtype=${dtype}`,
      about: 'Gradients of lax.convTransposeVjp with transposeKernel are those of the kernel reversed and exchanged by hand.',
      arbitrary: fc.record({ call: transposeCallArbitrary(dtype, someOutDTypes(dtype), true), fill: fillArbitrary(EXACT_STYLES) }),
      holds,
    }),
  ];
}
