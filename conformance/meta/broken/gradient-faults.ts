/**
 * Mistakes where gradients are computed: what the problems of plain calls seldom have, those of pullbacks do. The
 * convolution of an lhs gradient has a reversed window; that of an rhs gradient has batch and features exchanged.
 */
import { convert } from '@laxconv/api';
import type { Backend, ConvProblem, DType, Tensor } from '@laxconv/api/backend';
import { createBackend } from '@laxconv/naive';
import { conjugate } from '../../src/families/random/arithmetic.ts';
import { changed } from '../../src/families/random/change-problem.ts';
import { reindex } from '../../src/families/random/reindex.ts';
import { decorate, decorateBound, withFault, type Fault } from './broken-backend.ts';

export interface GradientFault {
  readonly name: string;
  /** The test of the gradient family that is to notice, as the beginning of an id. */
  readonly caughtBy: string;
  readonly dtype: DType;
  readonly create: () => Promise<Backend>;
}

/** A fault in problems with a reversed window; others are left alone. */
function whereReversed(fault: Fault): Fault {
  return (convolve, problem, lhs, rhs) =>
    problem.windowReversal.includes(true) ? fault(convolve, problem, lhs, rhs) : convolve(problem, lhs, rhs);
}

/** As if padding that crops were no padding, the sum of both sides kept. */
const withoutCrops: Fault = (convolve, problem, lhs, rhs) => {
  const padding = problem.padding.map(([lo, hi]): [number, number] => [Math.max(0, lo), hi + Math.min(0, lo)]);
  return convolve(changed(problem, { padding }), lhs, rhs);
};

/** Tensor with the indices along an axis regrouped: the outer of `count` blocks becomes the inner. */
function regrouped(tensor: Tensor, axis: number, count: number): Tensor {
  const size = tensor.shape[axis] / count;
  return reindex(tensor, tensor.shape, (position) =>
    position.with(axis, Math.floor(position[axis] / count) + (position[axis] % count) * size),
  );
}

/** Zeros along the end of the last spatial axis. */
function withoutLast(problem: ConvProblem, result: Tensor): Tensor {
  const axis = problem.outSpec[problem.outSpec.length - 1];
  const last = result.shape[axis] - 1;
  return reindex(result, result.shape, (position) => (last > 0 && position[axis] === last ? null : position));
}

const values = (name: string, caughtBy: string, dtype: DType, fault: Fault): GradientFault => ({
  name,
  caughtBy,
  dtype,
  create: () => withFault(fault),
});

export const GRADIENT_FAULTS: readonly GradientFault[] = [
  values(
    'weights of a reversed window conjugated',
    'gradient:adjoint/lhs',
    'complex64',
    whereReversed((convolve, problem, lhs, rhs) => convolve(problem, lhs, conjugate(rhs))),
  ),
  values('crops of a reversed window ignored', 'gradient:adjoint/lhs', 'float32', whereReversed(withoutCrops)),
  values(
    'groups of a reversed window innermost in the kernel',
    'gradient:adjoint/lhs',
    'float64',
    whereReversed((convolve, problem, lhs, rhs) =>
      convolve(problem, lhs, regrouped(rhs, problem.rhsSpec[1], problem.featureGroupCount > 1 ? problem.featureGroupCount : 1)),
    ),
  ),
  values(
    'inputs that strided windows do not reach forgotten',
    'gradient:adjoint/lhs',
    'bfloat16',
    whereReversed(async (convolve, problem, lhs, rhs) => {
      const result = await convolve(problem, lhs, rhs);
      return problem.lhsDilation.some((stride) => stride > 1) ? withoutLast(problem, result) : result;
    }),
  ),
  values(
    'batch groups taken in the order of the batch when batch and features are exchanged',
    'gradient:adjoint/rhs',
    'float32',
    (convolve, problem, lhs, rhs) => {
      const [batchAxis, featureAxis] = problem.lhsSpec;
      const isExchanged = batchAxis > featureAxis && problem.batchGroupCount > 1;
      return convolve(problem, isExchanged ? regrouped(lhs, batchAxis, problem.batchGroupCount) : lhs, rhs);
    },
  ),
  values('dilated inputs kept in bfloat16', 'gradient:adjoint-rounded/', 'float32', (convolve, problem, lhs, rhs) => {
    const isDilated = problem.lhsDilation.some((dilation) => dilation > 1);
    return convolve(problem, isDilated ? convert(convert(lhs, 'bfloat16'), lhs.dtype as 'float32') : lhs, rhs);
  }),
  {
    name: 'weights of a plan packed once, whatever is bound later',
    caughtBy: 'gradient:reuse',
    dtype: 'float32',
    create: async () =>
      decorate(await createBackend(), (plan) => {
        let first: ReturnType<typeof plan.bindRhs> | undefined;
        return { bindRhs: (rhs) => (first ??= plan.bindRhs(rhs)) };
      }),
  },
  {
    name: 'input of a reversed window used as scratch memory',
    caughtBy: 'gradient:reuse',
    dtype: 'float16',
    create: async () =>
      decorateBound(await createBackend(), (bound, problem) => ({
        async run(lhs, options) {
          const result = await bound.run(lhs, options);
          if (problem.windowReversal.includes(true)) (lhs as Tensor).data.fill(0 as never);
          return result;
        },
      })),
  },
];
