/** What dilations, padding, strides, shifts and reversal mean: the same convolution with the zeros, crops and flips made by hand. */
import fc from 'fast-check';
import type { ConvProblem, DType, Tensor } from '@laxconv/api/backend';
import { convolutionArbitrary, operandsOf, type Convolution } from '../../arbitraries/convolution.ts';
import type { ProblemLimits } from '../../arbitraries/problem.ts';
import { changed, everywhere, resized, someOutDTypes } from '../random/change-problem.ts';
import type { Lab } from '../random/lab.ts';
import type { ConformanceTest } from '../../suite/test.ts';
import { randomTest } from '../random/random-test.ts';
import { dilate, flip, pad, slice } from '../random/reindex.ts';

/** A way to write a problem that must not change its result. */
interface Rewriting {
  readonly name: string;
  readonly about: string;
  readonly limits: Partial<ProblemLimits>;
  rewrite(problem: ConvProblem, lhs: Tensor, rhs: Tensor): { problem: ConvProblem; lhs: Tensor; rhs: Tensor };
  /** What the rewritten problem's result says about the original's; default: all of it. */
  readonly read?: (result: Tensor, problem: ConvProblem) => Tensor;
}

const LHS_DILATION: Rewriting = {
  name: 'lhs-dilation-is-zeros',
  about: 'lhsDilation is the same as zeros between the elements of lhs.',
  limits: { ranks: [1, 2, 3], minLhsDilation: 1 },
  rewrite(problem, lhs, rhs) {
    const explicit = problem.lhsDilation.reduce((tensor, dilation, d) => dilate(tensor, problem.lhsSpec[d + 2], dilation), lhs);
    return { problem: changed(problem, { lhs: explicit, lhsDilation: everywhere(problem, 1) }), lhs: explicit, rhs };
  },
};

const RHS_DILATION: Rewriting = {
  name: 'rhs-dilation-is-zeros',
  about: 'rhsDilation is the same as zeros between the taps of rhs.',
  limits: { ranks: [1, 2, 3] },
  rewrite(problem, lhs, rhs) {
    const explicit = problem.rhsDilation.reduce((tensor, dilation, d) => dilate(tensor, problem.rhsSpec[d + 2], dilation), rhs);
    return { problem: changed(problem, { rhs: explicit, rhsDilation: everywhere(problem, 1) }), lhs, rhs: explicit };
  },
};

function explicitPadding(problem: ConvProblem, lhs: Tensor, rhs: Tensor): { problem: ConvProblem; lhs: Tensor; rhs: Tensor } {
  let explicit = lhs;
  for (const [d, [lo, hi]] of problem.padding.entries()) {
    const axis = problem.lhsSpec[d + 2];
    explicit = pad(dilate(explicit, axis, problem.lhsDilation[d]), axis, lo, hi);
  }
  const fields = { lhs: explicit, lhsDilation: everywhere(problem, 1), padding: everywhere(problem, [0, 0] as const) };
  return { problem: changed(problem, fields), lhs: explicit, rhs };
}

const PADDING: Rewriting = {
  name: 'padding-is-zeros',
  about: 'Padding is the same as zeros around the dilated lhs; mixed signs pad one end and crop the other.',
  limits: { ranks: [1, 2, 3] },
  rewrite: explicitPadding,
};

const NEGATIVE_PADDING: Rewriting = {
  name: 'negative-padding-is-slicing',
  about: 'Negative padding is the same as a slice of the dilated lhs.',
  limits: { ranks: [1, 2], minInput: 5, minPadding: -3, maxPadding: 0, maxKernel: 2, maxRhsDilation: 2 },
  rewrite: explicitPadding,
};

const STRIDE: Rewriting = {
  name: 'stride-is-subsampling',
  about: 'A strided result is every stride-th element of the result with stride 1.',
  limits: { ranks: [1, 2, 3], minInput: 2 },
  rewrite(problem, lhs, rhs) {
    let out = problem.out;
    problem.windowStrides.forEach((_, d) => {
      const [lo, hi] = problem.padding[d];
      const padded = (problem.lhs.shape[problem.lhsSpec[d + 2]] - 1) * problem.lhsDilation[d] + 1 + lo + hi;
      const window = (problem.rhs.shape[problem.rhsSpec[d + 2]] - 1) * problem.rhsDilation[d] + 1;
      out = resized(out, problem.outSpec[d + 2], padded - window + 1);
    });
    return { problem: changed(problem, { out, windowStrides: everywhere(problem, 1) }), lhs, rhs };
  },
  read(result, problem) {
    return problem.windowStrides.reduce((tensor, stride, d) => {
      const axis = problem.outSpec[d + 2];
      return slice(tensor, axis, 0, problem.out.shape[axis], stride);
    }, result);
  },
};

const REVERSAL: Rewriting = {
  name: 'reversal-is-a-flipped-kernel',
  about: 'A reversed window is the same as a flipped rhs.',
  limits: { ranks: [1, 2, 3], reversal: 'any' },
  rewrite(problem, lhs, rhs) {
    const flipped = problem.windowReversal.reduce((tensor, reversed, d) => (reversed ? flip(tensor, problem.rhsSpec[d + 2]) : tensor), rhs);
    return { problem: changed(problem, { windowReversal: everywhere(problem, false) }), lhs, rhs: flipped };
  },
};

const REWRITINGS = [LHS_DILATION, RHS_DILATION, PADDING, NEGATIVE_PADDING, STRIDE, REVERSAL];

async function rewritingHolds(lab: Lab, convolution: Convolution, rewriting: Rewriting): Promise<void> {
  const { problem } = convolution;
  const { lhs, rhs } = operandsOf(convolution);
  const got = await lab.convolve(problem, lhs, rhs);
  const other = rewriting.rewrite(problem, lhs, rhs);
  const result = await lab.convolve(other.problem, other.lhs, other.rhs);
  lab.same(got, rewriting.read?.(result, problem) ?? result, rewriting.about);
}

interface Shift {
  readonly convolution: Convolution;
  readonly dimension: number;
}

/** `stride` zeros in front of the lhs move the result by lhsDilation. */
async function shiftHolds(lab: Lab, { convolution, dimension }: Shift): Promise<void> {
  const { problem } = convolution;
  const d = dimension % problem.windowStrides.length;
  const { lhs, rhs } = operandsOf(convolution);
  const got = await lab.convolve(problem, lhs, rhs);
  const [stride, dilation, outAxis] = [problem.windowStrides[d], problem.lhsDilation[d], problem.outSpec[d + 2]];
  const shifted = pad(lhs, problem.lhsSpec[d + 2], stride, 0);
  const size = problem.out.shape[outAxis];
  const longer = changed(problem, { lhs: shifted, out: resized(problem.out, outAxis, size + dilation) });
  const result = await lab.convolve(longer, shifted, rhs);
  lab.same(slice(result, outAxis, dilation, size), got, 'A shifted lhs does not give a shifted result');
}

/** The tests of what happens along spatial dimensions. */
export function space(dtype: DType): ConformanceTest[] {
  const outDTypes = someOutDTypes(dtype);
  const rewritings = REWRITINGS.map((rewriting) =>
    randomTest({
      family: 'property',
      address: `${rewriting.name}:dtype=${dtype}`,
      about: rewriting.about,
      arbitrary: convolutionArbitrary({ dtype, outDTypes, ...rewriting.limits }),
      holds: (lab, convolution) => rewritingHolds(lab, convolution, rewriting),
    }),
  );
  const shift = randomTest({
    family: 'property',
    address: `shift-equivariance:dtype=${dtype}`,
    about: 'Zeros in front of the lhs shift the result.',
    arbitrary: fc.record({ convolution: convolutionArbitrary({ dtype, outDTypes, ranks: [1, 2, 3] }), dimension: fc.nat(2) }),
    holds: shiftHolds,
  });
  return [...rewritings, shift];
}
