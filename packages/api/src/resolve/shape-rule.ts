/**
 * The output's shape. Mirrors `_conv_general_dilated_shape_rule` and `conv_shape_tuple` in jax/_src/lax/convolution.py, in their
 * order; what JAX leaves to the StableHLO verifier is in `verify.ts`.
 */
import { refuse } from '../errors.ts';
import { describe } from '../tensor/describe.ts';
import { integerSequence, numericSequence } from './arguments.ts';
import { checkAxesExist, spatialSizes, type ConvDimensionNumbers } from './dimension-numbers.ts';
import { groupCounts, type GroupArguments, type GroupCounts } from './group-counts.ts';
import { dilate, positions } from '../problem/sizes.ts';
import type { PaddingPair } from './padding.ts';

/** What the shape rule reads beside the operands' shapes. */
export interface ShapeArguments extends GroupArguments {
  readonly strides: readonly unknown[];
  readonly padding: readonly PaddingPair[];
  readonly lhsDilation: readonly unknown[];
  readonly rhsDilation: readonly unknown[];
}

/** The checked numbers and the shape they give. */
export interface ShapeResult extends GroupCounts {
  readonly outShape: number[];
  readonly windowStrides: readonly number[];
  readonly lhsDilation: readonly number[];
  readonly rhsDilation: readonly number[];
  /** Of lhs per spatial dimension: the dilated sizes, then the padded ones. */
  readonly inputSizes: readonly number[];
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
  const groups = groupCounts(op, lhsShape, rhsShape, numbers, args);
  checkCount(op, 'windowStrides', 'window-strides/count', args.strides, numbers.rhsSpec.length - 2);
  checkAxesExist(op, 'lhsSpec', numbers.lhsSpec, lhsShape.length);
  const lhsDilation = positiveDilation(op, 'lhsDilation', args.lhsDilation);
  checkAxesExist(op, 'rhsSpec', numbers.rhsSpec, rhsShape.length);
  const rhsDilation = positiveDilation(op, 'rhsDilation', args.rhsDilation);
  const dilated = dilateLast(spatialSizes(lhsShape, numbers.lhsSpec), lhsDilation);
  const padded = paddedSizes(op, dilated, args.padding);
  const windowStrides = integerSequence(op, 'windowStrides', args.strides, 'window-strides/type');
  const window = dilateLast(spatialSizes(rhsShape, numbers.rhsSpec), rhsDilation);
  // As in Python's map, the shorter list decides: layouts of unequal lengths are refused further on.
  const output = padded.slice(0, window.length).map((size, d) => positions(size, window[d], windowStrides[d]));
  const [batch] = numbers.lhsSpec.map((axis) => lhsShape.at(axis) ?? 0);
  const [outFeatures] = numbers.rhsSpec.map((axis) => rhsShape.at(axis) ?? 0);
  const canonical = [batch / groups.batchGroupCount, outFeatures, ...output];
  const outShape = inOutLayout(op, canonical, numbers);
  return { ...groups, outShape, windowStrides, lhsDilation, rhsDilation, inputSizes: [...dilated, ...padded] };
}

/** Only the order of the output's axes counts here; that they are a permutation is checked last. */
function inOutLayout(op: string, canonical: readonly number[], { outSpec }: ConvDimensionNumbers): number[] {
  if (outSpec.length > canonical.length) {
    throw refuse('dimension-numbers/axis-range', `outSpec must name axes of ${canonical.length} dimensions, got ${describe(outSpec)}`, {
      op,
      argument: 'dimensionNumbers',
      values: { outSpec, rank: canonical.length },
    });
  }
  const order = [...outSpec.keys()].toSorted((a, b) => outSpec[a] - outSpec[b]);
  return order.map((position) => canonical[position]);
}

/** Dilations apply to the last dimensions, as JAX aligns them; a wrong count is refused later. */
function dilateLast(sizes: readonly number[], dilation: readonly number[]): number[] {
  return sizes.map((size, d) => dilate(size, dilation[d - sizes.length + dilation.length] ?? 1));
}

function paddedSizes(op: string, sizes: readonly number[], padding: readonly PaddingPair[]): number[] {
  if (padding.length !== sizes.length) {
    throw refuse(
      'padding/count',
      `padding must have one [low, high] pair for each of the ${sizes.length} spatial dimensions, got ${describe(padding)}`,
      {
        op,
        argument: 'padding',
        values: { padding, expected: sizes.length },
      },
    );
  }
  const padded = sizes.map((size, d) => size + padding[d][0] + padding[d][1]);
  const cropped = padded.findIndex((size) => size < 0);
  if (cropped < 0) return padded;
  const [lo, hi] = padding[cropped];
  throw refuse(
    'padding/negative-too-large',
    `padding must leave each spatial dimension a size of at least 0, but ${describe(padding)} crops ${-(lo + hi)} of the ${sizes[cropped]} elements (dilated) of dimension ${cropped}`,
    { op, argument: 'padding', values: { padding, dimension: cropped } },
  );
}

function positiveDilation(op: string, argument: string, items: readonly unknown[]): readonly number[] {
  const dilation = numericSequence(op, argument, items, 'dilation/type');
  if (dilation.every((one) => one > 0)) return integerSequence(op, argument, dilation, 'dilation/type');
  throw refuse('dilation/positive', `every entry of ${argument} must be positive, got [${dilation.join(', ')}]`, {
    op,
    argument,
    values: { [argument]: dilation },
  });
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
    values: { [argument]: values, expected: spatialRank },
  });
}
