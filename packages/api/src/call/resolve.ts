/** Calls to resolutions: binds the arguments, checks the operands, and asks the operation. Pure. */
import { refuse } from '../errors.ts';
import { operationNamed } from '../ops/operations.ts';
import type { ConvProblem, TensorSpec } from '../problem/problem.ts';
import { describe } from '../tensor/describe.ts';
import { readSpec } from '../tensor/read-tensor.ts';
import type { ConvCall } from './conv-call.ts';
import { reading } from './reading.ts';
import type { ConvStep, Operation, Resolution } from './resolution.ts';
import { bindArguments } from './signature.ts';

/** A call with its operands told apart from its other arguments. */
export interface ResolvedCall<Operand> {
  readonly operands: readonly Operand[];
  /** What the resolution was made from: shapes and dtypes as they were at the call. */
  readonly specs: readonly TensorSpec[];
  readonly resolution: Resolution;
}

/** Resolves a call from its argument values; `read` makes operands of the first, or refuses them. */
export function resolveArguments<Operand extends TensorSpec>(
  operation: Operation,
  values: readonly unknown[],
  read: (op: string, argument: string, value: unknown) => Operand,
): ResolvedCall<Operand> {
  const { signature } = operation;
  const bound = bindArguments(signature, values);
  const operands = signature.operands.map((name) => read(signature.op, name, bound[name]));
  const specs = operands.map(({ shape, dtype }): TensorSpec => ({ shape, dtype }));
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
  return reading('resolve', () => {
    checkCall(call);
    const { resolution } = resolveArguments(operationNamed('resolve', call.fn), [...call.operands, ...call.args], readSpec);
    return stepsOf(resolution).flatMap(({ problem }) => problem ?? []);
  });
}

function checkCall(call: unknown): asserts call is ConvCall {
  if (typeof call === 'object' && call !== null) {
    const { operands, args } = call as Partial<ConvCall>;
    if (Array.isArray(operands) && Array.isArray(args)) return;
  }
  throw refuse('call/function', `a call has fn, operands and args, got ${describe(call)}`, { op: 'resolve', argument: 'call' });
}
