/**
 * A problem's loop nest as numbers: extents, element strides and offsets. Both kinds of groups and window reversal become one loop
 * over `groups`; layouts become strides. Every backend reads this; none derives it again.
 */
import { rowMajorStrides } from '../tensor/strides.ts';
import type { ConvProblem } from './problem.ts';

/** One spatial dimension: how output position p and kernel position k meet input position i. */
export interface SpatialDimension {
  /** Size of the input, undilated and unpadded. */
  readonly input: number;
  /** Size of the kernel, undilated. */
  readonly kernel: number;
  /** Size of the output. */
  readonly output: number;
  /** Input positions from one output position to the next. */
  readonly stride: number;
  /** Zeros in front of the dilated input; negative crops. */
  readonly padLow: number;
  /** Zeros behind the dilated input; negative crops. */
  readonly padHigh: number;
  /** Distance between the elements of lhs. */
  readonly lhsDilation: number;
  /** Distance between the elements of rhs. */
  readonly rhsDilation: number;
}

/** Where an operand's element lies, in elements: offset + group·g + outer·… + inner·… + Σ spatial[d]·position[d]. */
export interface OperandStrides {
  /** Of the first element of the first group. */
  readonly offset: number;
  /** From one group to the next. */
  readonly group: number;
  /** Of lhs and out: the batch. Of rhs: the output feature. */
  readonly outer: number;
  /** Of lhs: the input feature. Of rhs: the input feature. Of out: the output feature. */
  readonly inner: number;
  /** Negative along a reversed dimension of rhs; `offset` then points at the last tap. */
  readonly spatial: readonly number[];
}

/** The loop nest of a ConvProblem. */
export interface ConvGeometry {
  /** Blocks that are convolved apart, of features or of the batch. */
  readonly groups: number;
  /** Batch elements per group: the output's batch. */
  readonly batch: number;
  /** Input features that one output element sums over. */
  readonly inFeatures: number;
  /** Output features per group. */
  readonly outFeatures: number;
  /** The spatial dimensions, in the order of rhsSpec. */
  readonly spatial: readonly SpatialDimension[];
  /** Where the elements of lhs lie. */
  readonly lhs: OperandStrides;
  /** Where the elements of rhs lie. */
  readonly rhs: OperandStrides;
  /** Where the elements of the result lie. */
  readonly out: OperandStrides;
  /** Products in one output element's sum, padding included: inFeatures · Π kernel. */
  readonly reductionLength: number;
}

/**
 * The loop nest of `problem`.
 *
 * @example
 * const operands = [zeros([1, 1, 4], 'float32'), zeros([1, 1, 2], 'float32')];
 * const [problem] = resolve({ fn: 'lax.conv', operands, args: [[1], 'VALID'] });
 * const { spatial, reductionLength } = convGeometry(problem);
 * [spatial[0].input, spatial[0].kernel, spatial[0].output]; // → [4, 2, 3]
 * reductionLength; // → 2
 */
export function convGeometry(problem: ConvProblem): ConvGeometry {
  const { lhs, rhs, out, lhsSpec, rhsSpec, outSpec, featureGroupCount, batchGroupCount } = problem;
  const permute = (values: readonly number[], spec: readonly number[]): number[] => spec.map((axis) => values[axis]);
  const [batch, inFeatures, ...input] = permute(lhs.shape, lhsSpec);
  const [outFeatures, , ...kernel] = permute(rhs.shape, rhsSpec);
  const output = permute(out.shape, outSpec).slice(2);
  const [lhsBatch, lhsFeature, ...lhsSpatial] = permute(rowMajorStrides(lhs.shape), lhsSpec);
  const [rhsOut, rhsIn, ...rhsSpatial] = permute(rowMajorStrides(rhs.shape), rhsSpec);
  const [outBatch, outFeature, ...outSpatial] = permute(rowMajorStrides(out.shape), outSpec);

  const groups = Math.max(featureGroupCount, batchGroupCount);
  const groupBatch = batch / batchGroupCount;
  const groupInFeatures = inFeatures / featureGroupCount;
  const groupOutFeatures = outFeatures / groups;

  const spatial = input.map((size, d) => ({
    input: size,
    kernel: kernel[d],
    output: output[d],
    stride: problem.windowStrides[d],
    padLow: problem.padding[d][0],
    padHigh: problem.padding[d][1],
    lhsDilation: problem.lhsDilation[d],
    rhsDilation: problem.rhsDilation[d],
  }));

  // A reversed window starts at its last tap and walks backwards.
  const reversed = problem.windowReversal;
  const rhsOffset = rhsSpatial.reduce((sum, stride, d) => sum + (reversed[d] ? (kernel[d] - 1) * stride : 0), 0);

  return {
    groups,
    batch: groupBatch,
    inFeatures: groupInFeatures,
    outFeatures: groupOutFeatures,
    spatial,
    lhs: {
      offset: 0,
      group: featureGroupCount > 1 ? groupInFeatures * lhsFeature : groupBatch * lhsBatch,
      outer: lhsBatch,
      inner: lhsFeature,
      spatial: lhsSpatial,
    },
    rhs: {
      offset: rhsOffset,
      group: groupOutFeatures * rhsOut,
      outer: rhsOut,
      inner: rhsIn,
      spatial: rhsSpatial.map((stride, d) => (reversed[d] ? -stride : stride)),
    },
    out: { offset: 0, group: groupOutFeatures * outFeature, outer: outBatch, inner: outFeature, spatial: outSpatial },
    reductionLength: kernel.reduce((product, size) => product * size, groupInFeatures),
  };
}
