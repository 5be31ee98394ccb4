/**
 * Parameters of a convolution that are valid in any combination, and the ConvProblem they stand for. Random tests draw parameters:
 * since none depends on another, each shrinks on its own.
 */
import { freezeProblem, type ConvProblem, type DType, type Method, type Precision } from '@laxconv/api/backend';
import { permutation } from './permutation.ts';

/** One spatial dimension. */
export interface DimensionParameters {
  readonly input: number;
  readonly kernel: number;
  readonly stride: number;
  readonly lhsDilation: number;
  readonly rhsDilation: number;
  readonly lo: number;
  /** At least; as much is added as the window needs to fit once. */
  readonly hi: number;
  readonly reversed: boolean;
}

/** A convolution by parameters of which none depends on another. */
export interface ProblemParameters {
  readonly dtype: DType;
  readonly outDType: DType;
  readonly groupKind: 'none' | 'feature' | 'batch';
  readonly groups: number;
  /** Of one batch group. */
  readonly batch: number;
  /** Of one feature group. */
  readonly inFeatures: number;
  /** Of one group of either kind. */
  readonly outFeatures: number;
  readonly dimensions: readonly DimensionParameters[];
  /** Numbers of permutations: 0 keeps the canonical order of axes. */
  readonly lhsLayout: number;
  readonly rhsLayout: number;
  readonly outLayout: number;
  readonly precision: Precision;
  readonly method: Method;
}

/** The extent of `size` elements with `dilation − 1` zeros between them. */
export function dilated(size: number, dilation: number): number {
  return size === 0 ? 0 : (size - 1) * dilation + 1;
}

/** The problem that the parameters stand for. */
export function buildProblem(parameters: ProblemParameters): ConvProblem {
  const { dtype, outDType, groupKind, batch, inFeatures, outFeatures, dimensions, precision, method } = parameters;
  const groups = groupKind === 'none' ? 1 : parameters.groups;
  const rank = dimensions.length + 2;
  const lhsSpec = permutation(parameters.lhsLayout, rank);
  const rhsSpec = permutation(parameters.rhsLayout, rank);
  const outSpec = permutation(parameters.outLayout, rank);
  const padding = dimensions.map(paddingOf);
  const output = dimensions.map((dimension, d) => outputOf(dimension, padding[d]));
  const batchGroups = groupKind === 'batch' ? groups : 1;
  const featureGroups = groupKind === 'feature' ? groups : 1;
  const lhs = [batch * batchGroups, inFeatures * featureGroups, ...dimensions.map(({ input }) => input)];
  const rhs = [outFeatures * groups, inFeatures, ...dimensions.map(({ kernel }) => kernel)];
  return freezeProblem({
    lhs: { shape: inLayout(lhs, lhsSpec), dtype },
    rhs: { shape: inLayout(rhs, rhsSpec), dtype },
    out: { shape: inLayout([batch, outFeatures * groups, ...output], outSpec), dtype: outDType },
    lhsSpec,
    rhsSpec,
    outSpec,
    windowStrides: dimensions.map(({ stride }) => stride),
    padding,
    lhsDilation: dimensions.map(({ lhsDilation }) => lhsDilation),
    rhsDilation: dimensions.map(({ rhsDilation }) => rhsDilation),
    windowReversal: dimensions.map(({ reversed }) => reversed),
    featureGroupCount: featureGroups,
    batchGroupCount: batchGroups,
    precision,
    method,
  });
}

function paddingOf({ input, kernel, lhsDilation, rhsDilation, lo, hi }: DimensionParameters): [number, number] {
  return [lo, Math.max(hi, dilated(kernel, rhsDilation) - dilated(input, lhsDilation) - lo)];
}

function outputOf({ input, kernel, stride, lhsDilation, rhsDilation }: DimensionParameters, [lo, hi]: readonly [number, number]): number {
  return Math.floor((dilated(input, lhsDilation) + lo + hi - dilated(kernel, rhsDilation)) / stride) + 1;
}

/** Sizes given as (batch or outFeature, feature, …spatial), in the order of the tensor's axes. */
export function inLayout(sizes: readonly number[], spec: readonly number[]): number[] {
  const shape = new Array<number>(spec.length);
  spec.forEach((axis, index) => {
    shape[axis] = sizes[index];
  });
  return shape;
}
