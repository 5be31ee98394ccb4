/** `jax.lax.conv_general_dilated_patches`: a depthwise convolution with a one-hot kernel. Mirrors jax/_src/lax/other.py. */
import type { ConvStep, Operation } from '../../call/resolution.ts';
import type { BoundArguments } from '../../call/signature.ts';
import { refuse } from '../../errors.ts';
import type { TensorSpec } from '../../problem/problem.ts';
import { integerSequence } from '../../resolve/arguments.ts';
import { resolveConv } from '../../resolve/conv.ts';
import { resolveDimensionNumbers, type ConvDimensionNumbers } from '../../resolve/dimension-numbers.ts';
import { isAlgorithmName, resolvePrecision } from '../../resolve/precision.ts';
import { elementConverter, type Elements } from '../../tensor/elements.ts';
import { DTYPES } from '../../tensor/dtype.ts';
import { describe, sizeOf, zeros, type Tensor } from '../../tensor/tensor.ts';

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
    const filterShape = filterShapeArgument(op, args.filterShape);
    const numbers = patchNumbers(op, lhs, filterShape, args);
    return { steps: [patchStep(op, lhs, filterShape, args, numbers, () => checkSinglePrecision(op, args.precision))] };
  },
};

/** The layouts, for a kernel with two feature axes beside the filter's. */
export function patchNumbers(op: string, lhs: TensorSpec, filterShape: readonly number[], args: BoundArguments): ConvDimensionNumbers {
  return resolveDimensionNumbers(op, lhs.shape, [1, 1, ...filterShape], args.dimensionNumbers);
}

/** `filterShape` as a list of non-negative integers. */
export function filterShapeArgument(op: string, value: unknown): number[] {
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
  filterShape: readonly number[],
  args: BoundArguments,
  dimensionNumbers: ConvDimensionNumbers,
  checkPrecision: () => void,
): ConvStep {
  const channels = lhs.shape[dimensionNumbers.lhsSpec[1]];
  if (channels === undefined) {
    throw refuse('rank/minimum', `lhs must have at least 2 dimensions (batch and feature), got ${lhs.shape.length}`, {
      op,
      argument: 'lhs',
      values: { lhsShape: lhs.shape },
    });
  }
  const [outFeatureAxis, inFeatureAxis] = dimensionNumbers.rhsSpec;
  const taps = sizeOf(filterShape);
  const shape = new Array<number>(filterShape.length + 2);
  shape[outFeatureAxis] = channels * taps;
  shape[inFeatureAxis] = 1;
  const spatialAxes = [...shape.keys()].filter((axis) => axis !== outFeatureAxis && axis !== inFeatureAxis);
  for (const [index, axis] of spatialAxes.entries()) shape[axis] = filterShape[index];

  const rhs: TensorSpec = { shape, dtype: lhs.dtype };
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
    rhs: { from: 'constant', tensor: () => oneHot(rhs, outFeatureAxis, taps) },
    out: conv.out,
  };
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
