/** What the Vjp functions return beside the result: the map from a cotangent of the result to cotangents of the operands. */
import type { FunctionName } from '../call/conv-call.ts';
import type { Resolution } from '../call/resolution.ts';
import { reading } from '../call/reading.ts';
import { bindArguments, type BoundArguments } from '../call/signature.ts';
import { refuse } from '../errors.ts';
import type { OperandTensor } from '../problem/backend.ts';
import { describe } from '../tensor/describe.ts';
import { readTensor } from '../tensor/read-tensor.ts';
import { checkSettled } from './check-settled.ts';
import { free, runStep } from './execute.ts';
import { allDone } from './lifetime.ts';
import { placeOf } from './place.ts';
import type { PlanCache } from './plan-cache.ts';

/** Binds and runs one call of a pullback. The operands of the forward call are referred to, not copied. */
export async function pullBack(
  op: FunctionName,
  caches: readonly PlanCache[],
  { steps, cotangents }: Resolution,
  operands: readonly OperandTensor[],
  values: readonly unknown[],
): Promise<(OperandTensor | null)[]> {
  const signature = { op, operands: ['outCotangent'], required: [], optional: [], options: ['lhs', 'rhs'] };
  const { outCotangent, lhs, rhs } = reading(op, () => {
    const bound = bindArguments(signature, values);
    return {
      outCotangent: readTensor(op, 'outCotangent', bound.outCotangent),
      lhs: wanted(op, 'lhs', bound),
      rhs: wanted(op, 'rhs', bound),
    };
  });
  checkSettled(op, 'outCotangent', outCotangent, {
    spec: steps[steps.length - 1].out,
    whose: "the result's",
    rules: { shape: 'cotangent/shape', dtype: 'cotangent/dtype' },
  });
  const place = placeOf(op, caches, ['lhs', 'rhs', 'outCotangent'], [...operands, outCotangent]);
  const gradients = [lhs ? cotangents?.lhs : null, rhs ? cotangents?.rhs : null];
  // When one fails the other is still waited for: what it runs on must not be disposed of meanwhile.
  const running = gradients.map((step) => (step == null ? Promise.resolve(null) : runStep(place, step, [...operands, outCotangent], [])));
  return allDone(running).catch(async (error: unknown) => {
    for (const outcome of await Promise.allSettled(running)) if (outcome.status === 'fulfilled') free([outcome.value]);
    throw error;
  });
}

/** Whether the gradient named `name` is asked for; it is unless the options say no. */
function wanted(op: string, name: 'lhs' | 'rhs', { [name]: value = true }: BoundArguments): boolean {
  if (typeof value === 'boolean') return value;
  throw refuse('cotangent/wanted', `${name} must be true or false, got ${describe(value)}`, {
    op,
    argument: name,
    values: { [name]: value },
  });
}
