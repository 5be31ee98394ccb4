/** The work of a convolution, by which times are compared across cases. */
import { convGeometry, sizeOf, type ConvProblem } from '@laxconv/api/backend';

/** Multiply-adds of the direct formula, those with padding and dilation holes included: one output element's sum, times the outputs. */
export function multiplyAddsOf(problem: ConvProblem): number {
  return sizeOf(problem.out.shape) * convGeometry(problem).reductionLength;
}
