/** Mistakes in features, batches, groups and layouts: the right products, added up in the wrong place. */
import type { AnyTensor, ConvProblem, Tensor } from '@laxconv/api/backend';
import { inLayout } from '../../src/arbitraries/build-problem.ts';
import { inverse } from '../../src/arbitraries/permutation.ts';
import { changed } from '../../src/families/random/change-problem.ts';
import { permute, reindex, slice } from '../../src/families/random/reindex.ts';
import type { Fault } from './broken-backend.ts';

/** A tensor with the indices along one axis taken from elsewhere. */
function shuffled(tensor: AnyTensor, axis: number, from: (index: number, size: number) => number): Tensor {
  return reindex(tensor, tensor.shape, (position) => position.with(axis, from(position[axis], tensor.shape[axis])));
}

/** Index i of `groups` blocks as if the groups were interleaved. */
function interleaved(groups: number): (index: number, size: number) => number {
  return (index, size) => (index % (size / groups)) * groups + Math.floor(index / (size / groups));
}

/** The memory of a tensor read in canonical order, whatever its layout says. */
function readCanonically(tensor: Tensor, spec: readonly number[]): Tensor {
  const canonical: Tensor = { ...tensor, shape: spec.map((axis) => tensor.shape[axis]) };
  return permute(canonical, inverse(spec));
}

/** Features or batch elements beyond a multiple of `step` left out of the sum. */
async function withoutLastFeature(convolve: Parameters<Fault>[0], problem: ConvProblem, lhs: Tensor, rhs: Tensor): Promise<Tensor> {
  const axis = problem.rhsSpec[1];
  const features = rhs.shape[axis];
  if (features % 2 === 0 || features === 1) return convolve(problem, lhs, rhs);
  const shortened = reindex(rhs, rhs.shape, (position) => (position[axis] === features - 1 ? null : position));
  return convolve(problem, lhs, shortened);
}

export const FEATURE_FAULTS: Readonly<Record<string, Fault>> = {
  'feature groups interleaved': (convolve, problem, lhs, rhs) =>
    convolve(problem, shuffled(lhs, problem.lhsSpec[1], interleaved(problem.featureGroupCount)), rhs),
  'output features of feature groups interleaved': async (convolve, problem, lhs, rhs) =>
    shuffled(await convolve(problem, lhs, rhs), problem.outSpec[1], interleaved(problem.featureGroupCount)),
  'feature groups ignored': (convolve, problem, lhs, rhs) =>
    convolve(
      problem,
      shuffled(lhs, problem.lhsSpec[1], (index, size) => index % (size / problem.featureGroupCount)),
      rhs,
    ),
  'batch groups ignored': (convolve, problem, lhs, rhs) =>
    convolve(
      problem,
      shuffled(lhs, problem.lhsSpec[0], (index, size) => index % (size / problem.batchGroupCount)),
      rhs,
    ),
  'batch groups innermost in the batch': (convolve, problem, lhs, rhs) =>
    convolve(problem, shuffled(lhs, problem.lhsSpec[0], interleaved(problem.batchGroupCount)), rhs),
  'output features of batch groups interleaved': async (convolve, problem, lhs, rhs) =>
    shuffled(await convolve(problem, lhs, rhs), problem.outSpec[1], interleaved(problem.batchGroupCount)),
  'last of an odd number of input features forgotten': withoutLastFeature,
  'batch elements after the first repeat it': async (convolve, problem, lhs, rhs) =>
    shuffled(await convolve(problem, lhs, rhs), problem.outSpec[0], () => 0),
  'layout of lhs ignored': (convolve, problem, lhs, rhs) => convolve(problem, readCanonically(lhs, problem.lhsSpec), rhs),
  'layout of rhs ignored': (convolve, problem, lhs, rhs) => convolve(problem, lhs, readCanonically(rhs, problem.rhsSpec)),
  'layout of out ignored': async (convolve, problem, lhs, rhs) => {
    const sizes = problem.outSpec.map((axis) => problem.out.shape[axis]);
    const canonical = problem.outSpec.map((_, index) => index);
    const out = { dtype: problem.out.dtype, shape: inLayout(sizes, canonical) };
    const result = await convolve(changed(problem, { out, outSpec: canonical }), lhs, rhs);
    return { ...result, shape: problem.out.shape };
  },
  'rhs read as input by output features where both are as many': (convolve, problem, lhs, rhs) => {
    const [o, i, ...rest] = problem.rhsSpec;
    if (rhs.shape[o] !== rhs.shape[i]) return convolve(problem, lhs, rhs);
    return convolve(changed(problem, { rhsSpec: [i, o, ...rest] }), lhs, rhs);
  },
  'spatial dimensions of the kernel exchanged where both are as large': (convolve, problem, lhs, rhs) => {
    const [o, i, a, b, ...rest] = problem.rhsSpec;
    if (b === undefined || rhs.shape[a] !== rhs.shape[b]) return convolve(problem, lhs, rhs);
    return convolve(changed(problem, { rhsSpec: [o, i, b, a, ...rest] }), lhs, rhs);
  },
  'first input feature counted twice': async (convolve, problem, lhs, rhs) => {
    const axis = problem.rhsSpec[1];
    if (rhs.shape[axis] !== 2 || problem.featureGroupCount > 1) return convolve(problem, lhs, rhs);
    const first = slice(rhs, axis, 0, 1);
    const both = reindex(first, rhs.shape, (position) => position.with(axis, 0));
    return convolve(problem, lhs, both);
  },
};
