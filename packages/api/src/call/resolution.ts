/** What a call becomes: convolutions in the order they run, with where each one's operands come from. */
import type { ConvProblem, TensorSpec } from '../problem/problem.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { View } from '../tensor/view.ts';
import type { BoundArguments, Signature } from './signature.ts';

/** An operand of a convolution: an operand of the call, an earlier step's result, or a constant; read as it is or through a view. */
export type Source =
  | { readonly from: 'operand' | 'step'; readonly index: number; readonly view?: View }
  | { readonly from: 'constant'; readonly tensor: () => Tensor };

/** One convolution of a call. */
export interface ConvStep {
  /** null: the sum or the result is empty, and the result is zeros. */
  readonly problem: ConvProblem | null;
  readonly lhs: Source;
  readonly rhs: Source;
  /** The result as the caller sees it: the problem's, relabelled, or after `view`. */
  readonly out: TensorSpec;
  readonly view?: View;
}

/** What a call becomes. */
export interface Resolution {
  /** In the order they run; the last one's result is the call's. */
  readonly steps: readonly ConvStep[];
  /** Of a function that returns a pullback: the gradients, whose operands are the call's and then the result's cotangent; null for integers. */
  readonly cotangents?: { readonly lhs: ConvStep | null; readonly rhs: ConvStep | null };
}

/** A public function: its signature and its meaning. Pure: shapes and dtypes in, convolutions out. */
export interface Operation {
  readonly signature: Signature;
  /** `operands` are the specs of the signature's operands, in order. */
  resolve(operands: readonly TensorSpec[], args: BoundArguments): Resolution;
}

/** The resolution of a function that is one convolution of its two operands, as they are. */
export function convOfOperands({ problem, out }: { readonly problem: ConvProblem | null; readonly out: TensorSpec }): Resolution {
  return { steps: [{ problem, lhs: { from: 'operand', index: 0 }, rhs: { from: 'operand', index: 1 }, out }] };
}
