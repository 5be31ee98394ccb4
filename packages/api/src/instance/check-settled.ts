/** A tensor held to a shape and dtype that are settled before it comes: what a convolution was prepared for, what a result was. */
import { refuse } from '../errors.ts';
import type { OperandTensor } from '../problem/backend.ts';
import type { TensorSpec } from '../problem/problem.ts';
import type { RuleId } from '../rules.ts';

/** What is settled, and how a refusal speaks of it. */
export interface Settled {
  readonly spec: TensorSpec;
  /** Whose shape and dtype they are: "the prepared", "the result's". */
  readonly whose: string;
  /** The rules that another shape and another dtype break. */
  readonly rules: { readonly shape: RuleId; readonly dtype: RuleId };
}

/** Throws unless `tensor` has exactly this shape and dtype. Allocates nothing where it has. */
export function checkSettled(op: string, argument: string, tensor: OperandTensor, { spec, whose, rules }: Settled): void {
  if (!isSameShape(tensor.shape, spec.shape)) {
    throw refuse(
      rules.shape,
      `${argument} must have ${whose} shape [${spec.shape.join(', ')}], got [${tensor.shape.join(', ')}]`,
      details(op, argument, tensor, spec),
    );
  }
  if (tensor.dtype === spec.dtype) return;
  throw refuse(rules.dtype, `${argument} must have ${whose} dtype ${spec.dtype}, got ${tensor.dtype}`, details(op, argument, tensor, spec));
}

function isSameShape(shape: readonly number[], expected: readonly number[]): boolean {
  if (shape.length !== expected.length) return false;
  for (let axis = 0; axis < shape.length; axis++) if (shape[axis] !== expected[axis]) return false;
  return true;
}

function details(op: string, argument: string, { shape, dtype }: OperandTensor, expected: TensorSpec) {
  return { op, argument, values: { expected, got: { shape, dtype } } };
}
