/** What batch, features and both kinds of groups mean: many smaller convolutions side by side, or added up. */
import type { ConvProblem, DType, Tensor } from '@laxconv/api/backend';
import { convolutionArbitrary, operandsOf, type Convolution } from '../../arbitraries/convolution.ts';
import type { ProblemLimits } from '../../arbitraries/problem.ts';
import { add } from '../random/arithmetic.ts';
import { changed, resized, someOutDTypes } from '../random/change-problem.ts';
import type { Lab } from '../random/lab.ts';
import type { ConformanceTest } from '../../suite/test.ts';
import { randomTest } from '../random/random-test.ts';
import { concatenate, slice } from '../random/reindex.ts';

/** Which of the batch or feature axes of an operand a part takes: `[index in the spec, number of parts]`. */
interface Division {
  readonly name: string;
  readonly about: string;
  readonly limits: Partial<ProblemLimits>;
  parts(problem: ConvProblem): number;
  /** Spec indices (0 or 1) that are cut into the parts; undefined: each part has the whole tensor. */
  readonly lhs: 0 | 1 | undefined;
  readonly rhs: 0 | 1 | undefined;
  /** The output's; undefined: the parts' results are added. */
  readonly out: 0 | 1 | undefined;
}

const NO_GROUPS = { groupKinds: ['none'] } as const;

const DIVISIONS: readonly Division[] = [
  {
    name: 'feature-groups-are-slices',
    about: 'Each feature group is a convolution of its own: lhs features with rhs output features, results side by side.',
    limits: { groupKinds: ['feature'] },
    parts: (problem) => problem.featureGroupCount,
    lhs: 1,
    rhs: 0,
    out: 1,
  },
  {
    name: 'batch-groups-are-slices',
    about:
      'Each batch group is a convolution of its own: a block of the lhs batch with a block of rhs output features, results side by side in the features.',
    limits: { groupKinds: ['batch'] },
    parts: (problem) => problem.batchGroupCount,
    lhs: 0,
    rhs: 0,
    out: 1,
  },
  {
    name: 'batch-independence',
    about: 'Each batch element is convolved as if it were alone.',
    limits: { ...NO_GROUPS, minBatch: 2 },
    parts: (problem) => problem.lhs.shape[problem.lhsSpec[0]],
    lhs: 0,
    rhs: undefined,
    out: 0,
  },
  {
    name: 'output-feature-independence',
    about: 'Each output feature depends on its own kernel only.',
    limits: NO_GROUPS,
    parts: (problem) => problem.rhs.shape[problem.rhsSpec[0]],
    lhs: undefined,
    rhs: 0,
    out: 1,
  },
  {
    name: 'channel-sum',
    about: 'The result is the sum of the convolutions of each input feature alone.',
    limits: { ...NO_GROUPS, minInFeatures: 2 },
    parts: (problem) => problem.rhs.shape[problem.rhsSpec[1]],
    lhs: 1,
    rhs: 1,
    out: undefined,
  },
];

async function holds(lab: Lab, convolution: Convolution, division: Division): Promise<void> {
  const { problem } = convolution;
  const { lhs, rhs } = operandsOf(convolution);
  const got = await lab.convolve(problem, lhs, rhs);
  const count = division.parts(problem);
  const results: Tensor[] = [];
  for (let part = 0; part < count; part++) {
    const x = partOf(lhs, axisOf(problem.lhsSpec, division.lhs), part, count);
    const w = partOf(rhs, axisOf(problem.rhsSpec, division.rhs), part, count);
    const outAxis = axisOf(problem.outSpec, division.out);
    const out = outAxis === undefined ? problem.out : resized(problem.out, outAxis, problem.out.shape[outAxis] / count);
    const alone = changed(problem, { lhs: x, rhs: w, out, featureGroupCount: 1, batchGroupCount: 1 });
    results.push(await lab.convolve(alone, x, w));
  }
  const outAxis = axisOf(problem.outSpec, division.out);
  const expected = outAxis === undefined ? results.reduce((sum, result) => add(sum, result)) : concatenate(results, outAxis);
  lab.same(got, expected, division.about);
}

function axisOf(spec: readonly number[], index: 0 | 1 | undefined): number | undefined {
  return index === undefined ? undefined : spec[index];
}

function partOf(tensor: Tensor, axis: number | undefined, part: number, count: number): Tensor {
  if (axis === undefined) return tensor;
  const size = tensor.shape[axis] / count;
  return slice(tensor, axis, part * size, size);
}

/** The tests of batch, features and groups. */
export function features(dtype: DType): ConformanceTest[] {
  return DIVISIONS.map((division) =>
    randomTest({
      family: 'property',
      address: `${division.name}:dtype=${dtype}`,
      about: division.about,
      arbitrary: convolutionArbitrary({ dtype, outDTypes: someOutDTypes(dtype), ...division.limits }),
      holds: (lab, convolution) => holds(lab, convolution, division),
    }),
  );
}
