/** What an instance is made of: its backends with their plans, the resolutions of its calls, and its lifetime. */
import { reading } from '../call/reading.ts';
import { resolveArguments, stepsOf } from '../call/resolve.ts';
import { operationNamed, OPERATIONS, type OperationName } from '../ops/operations.ts';
import type { Backend, OperandTensor } from '../problem/backend.ts';
import { readElements, readPlaced, readSpec, readTensor } from '../tensor/read-tensor.ts';
import { isDeviceTensor, type DeviceTensor } from '../tensor/tensor.ts';
import { ask } from './checked-plan.ts';
import { execute, withFirstPlan } from './execute.ts';
import { allDone, Lifetime } from './lifetime.ts';
import { deviceMethods, placeOf } from './place.ts';
import { PlanCache } from './plan-cache.ts';
import { prepareConv } from './prepared-conv.ts';
import { pullBack } from './pullback.ts';
import { ResolutionCache } from './resolution-cache.ts';
import type { Explanation } from './types/handle.ts';
import type { PreparedConv } from './types/results.ts';

/** Runs the calls of one instance. */
export class Engine {
  readonly lifetime: Lifetime;
  readonly #backends: readonly Backend[];
  readonly #caches: readonly PlanCache[];

  /** `owned`: the backends to dispose of at the end. */
  constructor(backends: readonly Backend[], owned: readonly Backend[]) {
    this.#backends = backends;
    this.#caches = backends.map((backend) => new PlanCache(backend));
    this.lifetime = new Lifetime(async () => {
      try {
        await allDone(this.#caches.map((cache) => cache.clear()));
      } finally {
        await allDone(owned.map((backend) => ask(backend.name, 'dispose', () => backend.dispose())));
      }
    });
  }

  /** The function `fn`, run to its result. */
  callerOf(fn: OperationName): (values: readonly unknown[]) => Promise<OperandTensor> {
    const resolutions = new ResolutionCache(OPERATIONS[fn]);
    const names = OPERATIONS[fn].signature.operands;
    return async (values) => {
      const { operands, resolution } = reading(fn, () => resolutions.resolve(values));
      const results = await execute(placeOf(fn, this.#caches, names, operands), resolution.steps, operands);
      return results[results.length - 1];
    };
  }

  /** The function `fn`, run to its result and the function that pulls the result's cotangent back to the operands. */
  vjpCallerOf(fn: OperationName) {
    const resolutions = new ResolutionCache(OPERATIONS[fn]);
    const names = OPERATIONS[fn].signature.operands;
    return async (values: readonly unknown[]) => {
      const { operands, resolution } = reading(fn, () => resolutions.resolve(values));
      const [out] = await execute(placeOf(fn, this.#caches, names, operands), resolution.steps, operands);
      const pullback = (...given: unknown[]) => this.lifetime.during(fn, () => pullBack(fn, this.#caches, resolution, operands, given));
      return [out, pullback];
    };
  }

  /** A convolution for many inputs: of the lhs only shape and dtype are given, the rhs has data. */
  async prepare(fn: OperationName, values: readonly unknown[]): Promise<PreparedConv> {
    const { lhs, rhs, step } = reading(fn, () => {
      const { specs, resolution } = resolveArguments(OPERATIONS[fn], values, readSpec);
      return { lhs: specs[0], rhs: readElements(fn, 'rhs', values[1] as object, specs[1]), step: resolution.steps[0] };
    });
    return prepareConv(this.lifetime, placeOf(fn, this.#caches, ['rhs'], [rhs]), step, lhs, rhs);
  }

  /** How a call would run, per problem; no data is needed. */
  async explain(fn: unknown, values: readonly unknown[]): Promise<Explanation[]> {
    const operation = operationNamed('explain', fn);
    const { operands, resolution } = reading('explain', () => resolveArguments(operation, values, readPlaced));
    // Of an operand only its place matters here.
    const { caches } = placeOf('explain', this.#caches, operation.signature.operands, operands as readonly OperandTensor[]);
    const explanations: Explanation[] = [];
    for (const { problem } of stepsOf(resolution)) {
      if (problem === null) {
        explanations.push({ backend: 'api', kernel: 'empty', problem, reasons: ['the result is empty or all zeros'] });
        continue;
      }
      const explanation = await withFirstPlan(caches, problem, async (plan, { backend }, refusals) => ({
        backend: backend.name,
        kernel: plan.kernel,
        problem,
        reasons: [...refusals.map(({ message }) => message), ...(plan.reasons ?? [])],
      }));
      explanations.push(explanation);
    }
    return explanations;
  }

  /** Copies a host tensor to the first backend that has a device. */
  async toDevice(tensor: unknown): Promise<DeviceTensor> {
    const operand = reading('toDevice', () => readTensor('toDevice', 'tensor', tensor));
    if (isDeviceTensor(operand)) return tensor as DeviceTensor;
    const backend = this.#backends.find(({ toDevice }) => toDevice !== undefined) ?? this.#backends[0];
    return deviceMethods('toDevice', backend).toDevice(operand);
  }
}
