/** What JAX finds last: a fractional group count when it makes the result's type, the rest in the StableHLO verifier. */
import { refuse } from '../errors.ts';
import { sizeOf } from '../tensor/tensor.ts';
import { integer } from './arguments.ts';
import { checkPermutations, spatialSizes, type ConvDimensionNumbers } from './dimension-numbers.ts';
import { checkCount, type ShapeResult } from './shape-rule.ts';

/** Refuses fractional group counts, axes that are no permutation, strides and dilations that do not fit, empty kernels and immeasurable results. */
export function verify(op: string, rhsShape: readonly number[], numbers: ConvDimensionNumbers, shape: ShapeResult): void {
  const { windowStrides, lhsDilation, rhsDilation, outShape } = shape;
  integer(op, 'batchGroupCount', shape.batchGroupCount, 'batch-group-count/type');
  integer(op, 'featureGroupCount', shape.featureGroupCount, 'feature-group-count/type');
  checkPermutations(op, numbers, rhsShape.length);
  // An empty dilation is all ones.
  if (lhsDilation.length > 0) checkCount(op, 'lhsDilation', 'dilation/count', lhsDilation, windowStrides.length);
  if (rhsDilation.length > 0) checkCount(op, 'rhsDilation', 'dilation/count', rhsDilation, windowStrides.length);
  for (const [d, size] of spatialSizes(rhsShape, numbers.rhsSpec).entries()) {
    if (size === 0) {
      throw refuse(
        'kernel/empty',
        `every spatial dimension of the kernel must have at least one element, got rhs of shape [${rhsShape.join(', ')}]`,
        { op, argument: 'rhs', values: { rhsShape } },
      );
    }
    if (windowStrides[d] <= 0) {
      throw refuse('window-strides/positive', `every stride must be positive, got [${windowStrides.join(', ')}]`, {
        op,
        argument: 'windowStrides',
        values: { windowStrides },
      });
    }
  }
  // Beyond exact integers a size is rounded, and what a crop leaves of it is another size.
  if (!shape.inputSizes.every((size) => Number.isSafeInteger(size))) {
    throw refuse('size/too-large', `lhs, dilated and padded, would be larger than can be counted: sizes [${shape.inputSizes.join(', ')}]`, {
      op,
      argument: 'padding',
      values: { sizes: shape.inputSizes },
    });
  }
  checkMeasurable(op, 'padding', outShape);
}

/** Refuses a result whose sizes, or whose number of elements, are beyond exact integers; `argument` made it so large. */
export function checkMeasurable(op: string, argument: string, outShape: readonly number[]): void {
  // Each size too: beside a size of 0 any other would pass.
  if ([...outShape, sizeOf(outShape)].every((size) => Number.isSafeInteger(size))) return;
  throw refuse('size/too-large', `the result would have shape [${outShape.join(', ')}], more elements than can be counted`, {
    op,
    argument,
    values: { outShape },
  });
}
