/**
 * Group counts and the output's shape. Mirrors `_conv_general_dilated_shape_rule` and `conv_shape_tuple` in
 * jax/_src/lax/convolution.py, in their order.
 */
import { refuse } from '../errors.ts';
import { describe, sizeOf } from '../tensor/tensor.ts';
import { integer, integerSequence } from './arguments.ts';
import { checkAxesExist, type ConvDimensionNumbers } from './dimension-numbers.ts';
import { dilate, type PaddingPair } from './padding.ts';

/** What the shape rule reads beside the operands' shapes. */
export interface ShapeArguments {
  readonly strides: readonly unknown[];
  readonly padding: readonly PaddingPair[];
  readonly lhsDilation: readonly number[];
  readonly rhsDilation: readonly number[];
  readonly featureGroupCount: unknown;
  readonly batchGroupCount: unknown;
}

/** The checked numbers and the shape they give. */
export interface ShapeResult {
  readonly outShape: number[];
  readonly windowStrides: number[];
  readonly featureGroupCount: number;
  readonly batchGroupCount: number;
}

/** The output's shape, after checking group counts, strides, dilations and pads in this order. */
export function shapeRule(
  op: string,
  lhsShape: readonly number[],
  rhsShape: readonly number[],
  numbers: ConvDimensionNumbers,
  args: ShapeArguments,
): ShapeResult {
  if (lhsShape.length !== rhsShape.length) {
    throw refuse(
      'rank/equal',
      `lhs and rhs must have the same number of dimensions, got shapes [${lhsShape.join(', ')}] and [${rhsShape.join(', ')}]`,
      {
        op,
        argument: 'rhs',
        values: { lhsShape, rhsShape },
      },
    );
  }
  const { featureGroupCount, batchGroupCount } = groupCounts(op, lhsShape, rhsShape, numbers, args);
  const input = spatialSizes(lhsShape, numbers.lhsSpec);
  const kernel = spatialSizes(rhsShape, numbers.rhsSpec);
  checkCount(op, 'windowStrides', 'window-strides/count', args.strides, kernel.length);
  checkDilationsPositive(op, 'lhsDilation', args.lhsDilation);
  checkDilationsPositive(op, 'rhsDilation', args.rhsDilation);
  if (args.padding.length !== input.length) {
    throw refuse(
      'padding/count',
      `padding must have one [low, high] pair for each of the ${input.length} spatial dimensions, got ${args.padding.length}`,
      {
        op,
        argument: 'padding',
        values: { padding: args.padding, expected: input.length, got: args.padding.length },
      },
    );
  }
  // Dilations apply to the last dimensions, as JAX aligns them; a wrong count is found by `verify`.
  const dilated = (sizes: readonly number[], dilation: readonly number[]): number[] =>
    sizes.map((size, d) => dilate(size, dilation[d - sizes.length + dilation.length] ?? 1));
  const padded = dilated(input, args.lhsDilation).map((size, d) => size + args.padding[d][0] + args.padding[d][1]);
  const cropped = padded.findIndex((size) => size < 0);
  if (cropped >= 0) {
    const [lo, hi] = args.padding[cropped];
    throw refuse(
      'padding/negative-too-large',
      `padding [${lo}, ${hi}] crops more than spatial dimension ${cropped} has: its dilated size is ${padded[cropped] - lo - hi}`,
      { op, argument: 'padding', values: { padding: args.padding, dimension: cropped } },
    );
  }
  const windowStrides = integerSequence(op, 'windowStrides', args.strides, 'window-strides/type');
  const window = dilated(kernel, args.rhsDilation);
  const output = padded.map((size, d) => Math.max(0, Math.floor((size - window[d]) / windowStrides[d]) + 1));
  const outShape = new Array<number>(lhsShape.length).fill(1);
  const canonical = [lhsShape[numbers.lhsSpec[0]] / batchGroupCount, rhsShape[numbers.rhsSpec[0]], ...output];
  checkAxesExist(op, numbers, 'outSpec', outShape.length);
  for (const [index, axis] of numbers.outSpec.entries()) outShape[axis] = canonical[index];
  if (windowStrides.every((stride) => stride > 0) && !Number.isSafeInteger(sizeOf(outShape))) {
    throw refuse('size/too-large', `the result would have shape [${outShape.join(', ')}], more elements than can be counted`, {
      op,
      argument: 'padding',
      values: { outShape },
    });
  }
  return { outShape, windowStrides, featureGroupCount, batchGroupCount };
}

function groupCounts(
  op: string,
  lhsShape: readonly number[],
  rhsShape: readonly number[],
  numbers: ConvDimensionNumbers,
  args: ShapeArguments,
): { featureGroupCount: number; batchGroupCount: number } {
  const refuseCount = (rule: Parameters<typeof refuse>[0], argument: string, sentence: string, values: Record<string, number>): Error =>
    refuse(
      rule,
      `${sentence}, got ${Object.entries(values)
        .map(([name, value]) => `${name} = ${value}`)
        .join(', ')}`,
      { op, argument, values },
    );

  const featureGroupCount = integer(
    op,
    'featureGroupCount',
    args.featureGroupCount === undefined ? 1 : args.featureGroupCount,
    'feature-group-count/type',
  );
  if (featureGroupCount <= 0) {
    throw refuseCount('feature-group-count/positive', 'featureGroupCount', 'featureGroupCount must be positive', { featureGroupCount });
  }
  if (numbers.lhsSpec.length < 2 || numbers.rhsSpec.length < 2) {
    throw refuse('rank/minimum', `operands must have at least 2 dimensions (batch and feature), got ${lhsShape.length}`, {
      op,
      argument: 'lhs',
      values: { lhsShape, rhsShape },
    });
  }
  checkAxesExist(op, numbers, 'lhsSpec', lhsShape.length);
  checkAxesExist(op, numbers, 'rhsSpec', rhsShape.length);
  const [lhsBatch, lhsFeatures] = numbers.lhsSpec.map((axis) => lhsShape.at(axis) ?? 0);
  const [outFeatures, rhsInFeatures] = numbers.rhsSpec.map((axis) => rhsShape.at(axis) ?? 0);
  if (lhsFeatures % featureGroupCount !== 0) {
    throw refuseCount('feature-group-count/divides-lhs', 'featureGroupCount', 'featureGroupCount must divide the lhs features', {
      featureGroupCount,
      lhsFeatures,
    });
  }
  if (lhsFeatures / featureGroupCount !== rhsInFeatures) {
    throw refuseCount('feature-group-count/rhs-features', 'rhs', 'lhs features / featureGroupCount must equal the rhs input features', {
      lhsFeatures,
      featureGroupCount,
      rhsInFeatures,
    });
  }
  if (outFeatures % featureGroupCount !== 0) {
    throw refuseCount('feature-group-count/divides-rhs', 'featureGroupCount', 'featureGroupCount must divide the rhs output features', {
      featureGroupCount,
      outFeatures,
    });
  }
  const batchGroupCount = integer(
    op,
    'batchGroupCount',
    args.batchGroupCount === undefined ? 1 : args.batchGroupCount,
    'batch-group-count/type',
  );
  if (batchGroupCount <= 0) {
    throw refuseCount('batch-group-count/positive', 'batchGroupCount', 'batchGroupCount must be positive', { batchGroupCount });
  }
  if (lhsBatch % batchGroupCount !== 0) {
    throw refuseCount('batch-group-count/divides-lhs', 'batchGroupCount', 'batchGroupCount must divide the lhs batch', {
      batchGroupCount,
      lhsBatch,
    });
  }
  if (outFeatures % batchGroupCount !== 0) {
    throw refuseCount('batch-group-count/divides-rhs', 'batchGroupCount', 'batchGroupCount must divide the rhs output features', {
      batchGroupCount,
      outFeatures,
    });
  }
  if (featureGroupCount > 1 && batchGroupCount > 1) {
    throw refuseCount('group-counts/exclusive', 'batchGroupCount', 'at most one of the group counts may be above 1', {
      featureGroupCount,
      batchGroupCount,
    });
  }
  return { featureGroupCount, batchGroupCount };
}

function checkDilationsPositive(op: string, argument: string, dilation: readonly number[]): void {
  if (dilation.every((one) => one > 0)) return;
  throw refuse('dilation/positive', `every entry of ${argument} must be positive, got [${dilation.join(', ')}]`, {
    op,
    argument,
    values: { [argument]: dilation },
  });
}

/** The spatial sizes of an operand, in the order of the rhs layout. */
export function spatialSizes(shape: readonly number[], spec: readonly number[]): number[] {
  return spec.slice(2).map((axis) => shape.at(axis) ?? 0);
}

/** Refuses a per-dimension argument of the wrong length. */
export function checkCount(
  op: string,
  argument: string,
  rule: 'window-strides/count' | 'dilation/count',
  values: readonly unknown[],
  spatialRank: number,
): void {
  if (values.length === spatialRank) return;
  throw refuse(rule, `${argument} must have one entry for each of the ${spatialRank} spatial dimensions, got ${describe(values)}`, {
    op,
    argument,
    values: { [argument]: values, expected: spatialRank, got: values.length },
  });
}
