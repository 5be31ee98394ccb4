/** Calls to resolutions: binds the arguments, checks the operands, and asks the operation. Pure. */
import { refuse } from '../errors.ts';
import { operationNamed } from '../ops/operations.ts';
import type { ConvProblem, TensorSpec } from '../problem/problem.ts';
import { checkSpec, describe } from '../tensor/tensor.ts';
import type { ConvCall } from './conv-call.ts';
import type { ConvStep, Operation, Resolution } from './resolution.ts';
import { bindArguments } from './signature.ts';

/** A call with its operands told apart from its other arguments. */
export interface ResolvedCall<Operand> {
  readonly operands: readonly Operand[];
  /** What the resolution was made from: shapes and dtypes as they were at the call. */
  readonly specs: readonly TensorSpec[];
  readonly resolution: Resolution;
}

/** Resolves a call from its argument values; `check` refuses what is not an operand. */
export function resolveArguments<Operand extends TensorSpec>(
  operation: Operation,
  values: readonly unknown[],
  check: (op: string, argument: string, value: unknown) => asserts value is Operand,
): ResolvedCall<Operand> {
  const { signature } = operation;
  const bound = bindArguments(signature, values);
  const operands = signature.operands.map((name) => {
    const operand = bound[name];
    check(signature.op, name, operand);
    return operand;
  });
  const specs = operands.map(({ shape, dtype }): TensorSpec => ({ shape: [...shape], dtype }));
  return { operands, specs, resolution: operation.resolve(specs, bound) };
}

/** Every convolution of a resolution: the call's own, then its gradients. */
export function stepsOf({ steps, cotangents }: Resolution): ConvStep[] {
  return [...steps, ...[cotangents?.lhs, cotangents?.rhs].filter((step) => step != null)];
}

/**
 * The convolutions that a call becomes: one, or two for a few functions; none where the result is empty or all zeros.
 *
 * @param call The function, its operands' shapes and dtypes, and its other arguments.
 * @throws {@link LaxconvError} as the call itself would
 * @example
 * const operands = [
 *   { shape: [1, 1, 4], dtype: 'float32' },
 *   { shape: [1, 1, 2], dtype: 'float32' },
 * ] as const;
 * const [{ padding, out }] = resolve({ fn: 'lax.conv', operands, args: [[1], 'SAME'] });
 * padding; // → [[0, 1]]
 * out.shape; // → [1, 1, 4]
 */
export function resolve(call: ConvCall): ConvProblem[] {
  checkCall(call);
  const { resolution } = resolveArguments(operationNamed('resolve', call.fn), [...call.operands, ...call.args], checkSpec);
  return stepsOf(resolution).flatMap(({ problem }) => problem ?? []);
}

function checkCall(call: unknown): asserts call is ConvCall {
  if (typeof call === 'object' && call !== null) {
    const { operands, args } = call as Partial<ConvCall>;
    if (Array.isArray(operands) && Array.isArray(args)) return;
  }
  throw refuse('call/function', `a call has fn, operands and args, got ${describe(call)}`, { op: 'resolve', argument: 'call' });
}
