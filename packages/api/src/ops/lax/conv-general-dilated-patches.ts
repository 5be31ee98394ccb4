/** `jax.lax.conv_general_dilated_patches`: a depthwise convolution with a one-hot kernel. Mirrors jax/_src/lax/other.py. */
import type { ConvStep, Operation } from '../../call/resolution.ts';
import type { BoundArguments } from '../../call/signature.ts';
import { refuse } from '../../errors.ts';
import type { TensorSpec } from '../../problem/problem.ts';
import { integerSequence, iterable, numericSequence } from '../../resolve/arguments.ts';
import { resolveConv } from '../../resolve/conv.ts';
import {
  checkAxesExist,
  checkFeatureAxes,
  checkIntegerAxes,
  resolveDimensionNumbers,
  type ConvDimensionNumbers,
} from '../../resolve/dimension-numbers.ts';
import { isAlgorithmName, resolvePrecision } from '../../resolve/precision.ts';
import { elementConverter, type Elements } from '../../tensor/elements.ts';
import { DTYPES } from '../../tensor/dtype.ts';
import { describe } from '../../tensor/describe.ts';
import { sizeOf, zeros, type Tensor } from '../../tensor/tensor.ts';

/** One step, whose rhs is a constant. */
export const convGeneralDilatedPatches: Operation = {
  signature: {
    op: 'lax.convGeneralDilatedPatches',
    operands: ['lhs'],
    required: ['filterShape', 'windowStrides', 'padding'],
    optional: [],
    options: ['lhsDilation', 'rhsDilation', 'dimensionNumbers', 'precision', 'preferredElementType'],
  },
  resolve([lhs], args) {
    const op = 'lax.convGeneralDilatedPatches';
    const numbers = patchNumbers(op, lhs, args);
    return { steps: [patchStep(op, lhs, args, numbers, () => checkSinglePrecision(op, args.precision))] };
  },
};

/** The layouts, for a kernel with two feature axes beside the filter's. JAX has not looked at the filter's sizes by then. */
export function patchNumbers(op: string, lhs: TensorSpec, args: BoundArguments): ConvDimensionNumbers {
  const filter = iterable(op, 'filterShape', args.filterShape, 'filter-shape/type');
  return resolveDimensionNumbers(op, lhs.shape, new Array<number>(filter.length + 2).fill(1), args.dimensionNumbers);
}

/** `filterShape` as a list of non-negative integers. */
function filterShapeArgument(op: string, value: unknown): number[] {
  const filterShape = integerSequence(op, 'filterShape', value, 'filter-shape/type');
  if (filterShape.every((size) => size >= 0)) return filterShape;
  throw refuse('filter-shape/type', `filterShape must have non-negative sizes, got ${describe(filterShape)}`, {
    op,
    argument: 'filterShape',
    values: { filterShape },
  });
}

/**
 * The convolution that lays out patches: feature c·S + s of the result is tap s of channel c's window, taps in the row-major order of
 * `filterShape`, which names the kernel's spatial axes in physical order. Copies must be exact: highest precision, no FFT.
 */
export function patchStep(
  op: string,
  lhs: TensorSpec,
  args: BoundArguments,
  dimensionNumbers: ConvDimensionNumbers,
  checkPrecision: () => void,
): ConvStep {
  numericSequence(op, 'filterShape', iterable(op, 'filterShape', args.filterShape, 'filter-shape/type'), 'filter-shape/type');
  const channels = channelsOf(op, lhs, dimensionNumbers);
  const filterShape = filterShapeArgument(op, args.filterShape);
  const taps = sizeOf(filterShape);
  const rhs: TensorSpec = { shape: kernelShape(op, channels * taps, filterShape, dimensionNumbers), dtype: lhs.dtype };
  const { windowStrides, padding, lhsDilation, rhsDilation, preferredElementType } = args;
  const conv = resolveConv(
    op,
    lhs,
    rhs,
    {
      windowStrides,
      padding,
      lhsDilation,
      rhsDilation,
      dimensionNumbers,
      featureGroupCount: channels,
      preferredElementType,
      precision: 'highest',
    },
    { method: 'direct', checkPrecision },
  );
  return {
    problem: conv.problem,
    lhs: { from: 'operand', index: 0 },
    rhs: { from: 'constant', tensor: () => oneHot(rhs, dimensionNumbers.rhsSpec[0], taps) },
    out: conv.out,
  };
}

/** The features of lhs, read as Python reads them: an axis below 0 counts from the end, and is refused with the other axes. */
function channelsOf(op: string, { shape }: TensorSpec, { lhsSpec }: ConvDimensionNumbers): number {
  checkFeatureAxes(op, 'lhsSpec', lhsSpec);
  checkAxesExist(op, 'lhsSpec', lhsSpec.slice(1, 2), shape.length);
  return shape.at(lhsSpec[1]) as number;
}

/** The filter's sizes, with the feature axes inserted where the layout has them: as NumPy's moveaxis does also where they clash. */
function kernelShape(op: string, outFeatures: number, filterShape: readonly number[], { rhsSpec }: ConvDimensionNumbers): number[] {
  const rank = filterShape.length + 2;
  checkFeatureAxes(op, 'rhsSpec', rhsSpec);
  const features = rhsSpec.slice(0, 2);
  checkIntegerAxes(op, 'rhsSpec', features);
  const outside = features.find((axis) => axis >= rank || axis < -rank);
  if (outside !== undefined) {
    throw refuse('dimension-numbers/axis-permutation', `rhsSpec must be a permutation of the ${rank} axes, got ${describe(rhsSpec)}`, {
      op,
      argument: 'dimensionNumbers',
      values: { rhsSpec, rank },
    });
  }
  const [outFeature, inFeature] = features.map((axis) => (axis < 0 ? axis + rank : axis));
  const shape = [...filterShape];
  if (outFeature <= inFeature) shape.splice(outFeature, 0, outFeatures);
  shape.splice(inFeature, 0, 1);
  if (outFeature > inFeature) shape.splice(outFeature, 0, outFeatures);
  return shape;
}

/** The kernel whose output feature c·taps + s picks tap s: row-major over all axes but the output feature's, its elements cycle through the taps. */
function oneHot({ shape, dtype }: TensorSpec, outFeatureAxis: number, taps: number): Tensor {
  const kernel = zeros(shape, dtype);
  const data: Elements = kernel.data;
  const one = elementConverter('float64', dtype)(1);
  const { components } = DTYPES[dtype];
  const features = shape[outFeatureAxis];
  const inner = sizeOf(shape.slice(outFeatureAxis + 1));
  for (let feature = 0; feature < features; feature++) {
    // Tap s lies at (outer, inner) coordinates of the remaining axes, whose row-major order is the taps' own.
    const tap = feature % taps;
    const outer = Math.floor(tap / inner);
    data[((outer * features + feature) * inner + (tap % inner)) * components] = one;
  }
  return kernel;
}

/** Patches take one level; JAX pairs it with DEFAULT itself, so that a pair or an algorithm is refused. */
function checkSinglePrecision(op: string, precision: unknown): void {
  if (!Array.isArray(precision) && !isAlgorithmName(precision)) {
    resolvePrecision(op, precision);
    return;
  }
  throw refuse('precision/value', `precision of patches must be one level's name or null, got ${describe(precision)}`, {
    op,
    argument: 'precision',
    values: { precision },
  });
}
