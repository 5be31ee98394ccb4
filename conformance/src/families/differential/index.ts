/** The differential family: random problems, one feature of the convolution at a time, against the float64 oracle. */
import { DTYPE_NAMES, DTYPES, type DType } from '@laxconv/api/backend';
import { convolutionArbitrary, operandsOf, type Convolution } from '../../arbitraries/convolution.ts';
import { FILL_STYLES, type FillStyle } from '../../arbitraries/fill.ts';
import { outDTypesOf } from '../../arbitraries/out-dtypes.ts';
import type { ProblemLimits } from '../../arbitraries/problem.ts';
import type { ConformanceTest } from '../../suite/test.ts';
import type { Lab } from '../random/lab.ts';
import { randomTest } from '../random/random-test.ts';

/** What a group of random problems is about; all else stays plain, so that the address of a failure names its cause. */
interface Topic {
  readonly name: string;
  readonly about: string;
  readonly limits: Partial<ProblemLimits>;
  readonly styles?: readonly FillStyle[];
  /** Of the run's random runs. */
  readonly share?: number;
}

const PLAIN = {
  groupKinds: ['none'],
  reversal: 'never',
  layouts: 'canonical',
  maxStride: 1,
  maxLhsDilation: 1,
  maxRhsDilation: 1,
  minPadding: 0,
  maxPadding: 0,
  methods: ['auto'],
} as const satisfies Partial<ProblemLimits>;

/** Problems as large as what people run: a backend has algorithms that it takes for nothing smaller. Few of them, for they take long. */
const LARGE = { ...PLAIN, maxReduction: 1e4, maxProducts: 8e5 } as const;
const FEW = 0.02;

const TOPICS: readonly Topic[] = [
  { name: 'plain', about: 'Windows of any size, no padding, stride 1.', limits: PLAIN },
  { name: 'strides', about: 'Strides, different ones along each dimension.', limits: { ...PLAIN, maxStride: 3 } },
  { name: 'padding', about: 'Padding, different at either end.', limits: { ...PLAIN, maxPadding: 4 } },
  { name: 'negative-padding', about: 'Negative and mixed padding.', limits: { ...PLAIN, minPadding: -3, maxPadding: 2, minInput: 3 } },
  {
    name: 'lhs-dilation',
    about: 'Dilated lhs, padded and cropped.',
    limits: { ...PLAIN, maxLhsDilation: 3, minPadding: -2, maxPadding: 2 },
  },
  { name: 'rhs-dilation', about: 'Dilated rhs.', limits: { ...PLAIN, maxRhsDilation: 3, maxPadding: 2 } },
  { name: 'feature-groups', about: 'Feature groups, in any layout.', limits: { ...PLAIN, groupKinds: ['feature'], layouts: 'any' } },
  { name: 'batch-groups', about: 'Batch groups, in any layout.', limits: { ...PLAIN, groupKinds: ['batch'], layouts: 'any' } },
  { name: 'layouts', about: 'Any layouts of the three tensors.', limits: { ...PLAIN, layouts: 'any' } },
  { name: 'reversal', about: 'Windows reversed along some dimensions.', limits: { ...PLAIN, reversal: 'any' } },
  { name: 'matrix', about: 'No spatial dimension: a matrix product, grouped or not.', limits: { ranks: [0] } },
  { name: 'everything', about: 'All features at once.', limits: {} },
  {
    name: 'everything/plain-values',
    about: 'All features at once, on small integers.',
    limits: {},
    styles: ['counting', 'small'],
  },
  {
    name: 'layer',
    about: 'A layer of a network: a 3×3 window, many features, padded and perhaps dilated.',
    limits: {
      ...LARGE,
      ranks: [2],
      minInput: 12,
      maxInput: 20,
      minKernel: 3,
      maxKernel: 3,
      minInFeatures: 12,
      maxInFeatures: 20,
      minOutFeatures: 12,
      maxOutFeatures: 20,
      maxPadding: 1,
      maxRhsDilation: 2,
      precisions: ['default', 'high'],
    },
    share: 3 * FEW,
  },
  {
    name: 'depthwise',
    about: 'A window for each of many features.',
    limits: {
      ...LARGE,
      ranks: [2],
      groupKinds: ['feature'],
      minGroups: 8,
      maxGroups: 40,
      maxInFeatures: 1,
      minInput: 6,
      maxInput: 16,
      maxPadding: 1,
      maxStride: 2,
    },
    share: FEW,
  },
  {
    name: 'image',
    about: 'A picture of one to three colours under a large window.',
    limits: { ...LARGE, ranks: [2], minInput: 24, maxInput: 64, minKernel: 3, maxKernel: 12, maxPadding: 5, reversal: 'any' },
    share: FEW,
  },
  {
    name: 'signal',
    about: 'A long signal and a long filter.',
    limits: {
      ...LARGE,
      ranks: [1],
      minInput: 500,
      maxInput: 3000,
      minKernel: 60,
      maxKernel: 500,
      maxPadding: 300,
      maxInFeatures: 2,
      maxOutFeatures: 2,
      methods: ['auto', 'fft'],
    },
    share: FEW,
  },
];

async function holds(lab: Lab, convolution: Convolution): Promise<void> {
  const { lhs, rhs } = operandsOf(convolution);
  await lab.compareWithOracle(convolution.problem, lhs, rhs);
}

function topicTest(topic: Topic, dtype: DType): ConformanceTest {
  return randomTest({
    family: 'differential',
    address: `${topic.name}:dtype=${dtype}`,
    about: topic.about,
    arbitrary: convolutionArbitrary({ dtype, ...topic.limits }, topic.styles ?? FILL_STYLES),
    holds,
    ...(topic.share === undefined ? {} : { share: topic.share }),
  });
}

/** Another output dtype than the operands': preferredElementType. */
function preferredTest(dtype: DType, out: DType): ConformanceTest {
  return randomTest({
    family: 'differential',
    address: `preferred-element-type:dtype=${dtype},preferred=${out}`,
    about: `Operands of ${dtype} are converted to the accumulator of ${out}, added there and rounded once.`,
    arbitrary: convolutionArbitrary({ dtype, outDTypes: [out] }, FILL_STYLES),
    holds,
    share: DTYPES[dtype].kind === 'float' ? 1 : 0.5,
  });
}

/** All differential tests. */
export function differentialTests(): ConformanceTest[] {
  return DTYPE_NAMES.flatMap((dtype) => [
    ...TOPICS.map((topic) => topicTest(topic, dtype)),
    ...outDTypesOf(dtype)
      .filter((out) => out !== dtype)
      .map((out) => preferredTest(dtype, out)),
  ]);
}
