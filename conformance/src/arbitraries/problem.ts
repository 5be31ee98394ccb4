/** Random valid ConvProblems, unless asked otherwise small enough that plain loops run one in well under a millisecond. */
import fc from 'fast-check';
import { DTYPES, sizeOf, type ConvProblem, type DType, type Method, type Precision } from '@laxconv/api/backend';
import { buildProblem, type DimensionParameters, type ProblemParameters } from './build-problem.ts';
import { factorial } from './permutation.ts';

/** What may vary; what is left out varies freely. */
export interface ProblemLimits {
  readonly dtype: DType;
  /** Default: the operands' dtype. */
  readonly outDTypes?: readonly DType[];
  /** Numbers of spatial dimensions. */
  readonly ranks?: readonly number[];
  readonly minInput?: number;
  readonly maxInput?: number;
  readonly minInFeatures?: number;
  readonly maxInFeatures?: number;
  readonly minOutFeatures?: number;
  readonly maxOutFeatures?: number;
  readonly minGroups?: number;
  readonly maxGroups?: number;
  readonly minBatch?: number;
  readonly minKernel?: number;
  readonly maxKernel?: number;
  readonly minStride?: number;
  readonly maxStride?: number;
  readonly minLhsDilation?: number;
  readonly maxLhsDilation?: number;
  readonly minRhsDilation?: number;
  readonly maxRhsDilation?: number;
  readonly minPadding?: number;
  readonly maxPadding?: number;
  readonly groupKinds?: readonly ProblemParameters['groupKind'][];
  readonly reversal?: 'never' | 'always' | 'any';
  readonly layouts?: 'canonical' | 'any';
  readonly precisions?: readonly Precision[];
  readonly methods?: readonly Method[];
  /** Products of one output element at most, and of a whole problem at most. */
  readonly maxReduction?: number;
  readonly maxProducts?: number;
}

/** What they are where nothing is said. */
export const MAX_REDUCTION = 27;
const MAX_PRODUCTS = 6000;

/** Problems of 0 to 3 spatial dimensions within `limits`. */
export function problemArbitrary(limits: ProblemLimits): fc.Arbitrary<ConvProblem> {
  return parametersArbitrary(limits).map(buildProblem);
}

/** The parameters of such problems, for tests that change them. */
export function parametersArbitrary(limits: ProblemLimits): fc.Arbitrary<ProblemParameters> {
  const ranks = limits.ranks ?? [1, 2, 0, 3];
  const weights = [1, 4, 4, 2];
  const arbitraries = ranks.map((rank) => ({ weight: weights[rank] ?? 1, arbitrary: parametersOfRank(rank, limits) }));
  return fc.oneof({ withCrossShrink: true }, ...arbitraries).filter((parameters) => isSmall(parameters, limits));
}

function isSmall(parameters: ProblemParameters, { maxReduction = MAX_REDUCTION, maxProducts = MAX_PRODUCTS }: ProblemLimits): boolean {
  const taps = parameters.dimensions.reduce((product, { kernel }) => product * kernel, parameters.inFeatures);
  if (taps > maxReduction) return false;
  const elements = sizeOf(buildProblem(parameters).out.shape);
  const { itemsize, components } = DTYPES[parameters.outDType];
  // bigints are slow to multiply
  return elements * taps * components * (itemsize === 8 && components === 1 ? 2 : 1) <= maxProducts;
}

const MAX_INPUT = [0, 13, 7, 4, 3];
const MAX_KERNEL = [0, 5, 3, 3, 2];

function parametersOfRank(rank: number, limits: ProblemLimits): fc.Arbitrary<ProblemParameters> {
  const layout = limits.layouts === 'canonical' ? fc.constant(0) : fc.nat(factorial(rank + 2) - 1);
  const minBatch = limits.minBatch ?? 1;
  const { minInFeatures = 1, minOutFeatures = 1, minGroups = 2 } = limits;
  return fc.record({
    dtype: fc.constant(limits.dtype),
    outDType: fc.constantFrom(...(limits.outDTypes ?? [limits.dtype])),
    groupKind: fc.constantFrom(...(limits.groupKinds ?? (['none', 'feature', 'batch'] as const))),
    groups: fc.integer({ min: minGroups, max: limits.maxGroups ?? Math.max(3, minGroups) }),
    batch: fc.integer({ min: minBatch, max: Math.max(3, minBatch) }),
    inFeatures: fc.integer({ min: minInFeatures, max: limits.maxInFeatures ?? Math.max(3, minInFeatures) }),
    outFeatures: fc.integer({ min: minOutFeatures, max: limits.maxOutFeatures ?? Math.max(3, minOutFeatures) }),
    dimensions: fc.array(dimensionArbitrary(rank, limits), { minLength: rank, maxLength: rank }),
    lhsLayout: layout,
    rhsLayout: layout,
    outLayout: layout,
    precision: fc.constantFrom(...(limits.precisions ?? (['highest', 'default', 'high'] as const))),
    method: fc.constantFrom(...(limits.methods ?? (['direct', 'auto', 'fft'] as const))),
  });
}

function dimensionArbitrary(rank: number, limits: ProblemLimits): fc.Arbitrary<DimensionParameters> {
  const { minInput = 1, minPadding = -3, maxPadding = 4, reversal = 'any' } = limits;
  const between = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max: Math.max(min, max) });
  const reversed = { never: fc.constant(false), always: fc.constant(true), any: fc.boolean() };
  // 0 is where padding shrinks to, so it has to be in the range.
  const padding = between(Math.min(minPadding, maxPadding), maxPadding);
  return fc.record({
    input: between(minInput, limits.maxInput ?? MAX_INPUT[rank]),
    kernel: between(limits.minKernel ?? 1, limits.maxKernel ?? MAX_KERNEL[rank]),
    stride: between(limits.minStride ?? 1, limits.maxStride ?? 3),
    lhsDilation: between(limits.minLhsDilation ?? 1, limits.maxLhsDilation ?? 3),
    rhsDilation: between(limits.minRhsDilation ?? 1, limits.maxRhsDilation ?? 3),
    lo: padding,
    hi: padding,
    reversed: reversed[reversal],
  });
}
