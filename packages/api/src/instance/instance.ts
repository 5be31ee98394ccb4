/** `laxconvOn`: the public functions bound to a backend, with its plans. Two instances share nothing. */
import type { FunctionName } from '../call/conv-call.ts';
import { resolveArguments, stepsOf } from '../call/resolve.ts';
import { refuse } from '../errors.ts';
import { convDimensionNumbers } from '../ops/lax/conv-dimension-numbers.ts';
import { operationNamed } from '../ops/operations.ts';
import type { Backend, OperandTensor } from '../problem/backend.ts';
import { checkSpec, checkTensor, isDeviceTensor, type AnyTensor, type DeviceTensor } from '../tensor/tensor.ts';
import { execute, withFirstPlan } from './execute.ts';
import type { BackendHandle, Explanation, Instance, PreparedConv, Rejection } from './instance-types.ts';
import { Lifetime } from './lifetime.ts';
import { deviceMethods, placeOf } from './place.ts';
import { PlanCache } from './plan-cache.ts';
import { prepareConv } from './prepared-conv.ts';
import { pullBack } from './pullback.ts';

/** What the front door adds to an instance. */
export interface InstanceOptions {
  /** Backends that were asked for and could not start. */
  readonly rejected?: readonly Rejection[];
  /** Backends among the given ones that the instance disposes of; default: none, who creates a backend disposes of it. */
  readonly owned?: readonly Backend[];
}

/**
 * The public functions on a backend, or on a list of them, tried in order for each problem.
 *
 * Synchronous, for places where dynamic import is forbidden (AudioWorklet, service worker); `laxconv()` of the package `laxconv`
 * creates the backends too.
 *
 * @throws LaxconvValueError when `backend` is no backend or an empty list.
 * @example
 * const { lax } = laxconvOn(await createBackend());
 */
export function laxconvOn(backend: Backend | readonly Backend[], options: InstanceOptions = {}): Instance {
  const backends = Array.isArray(backend) ? (backend as readonly Backend[]) : [backend as Backend];
  checkBackends(backends);
  const caches = backends.map((each) => new PlanCache(each));
  const lifetime = new Lifetime(async () => {
    await Promise.all(caches.map((cache) => cache.clear()));
    await Promise.all((options.owned ?? []).map((each) => each.dispose()));
  });

  const bind =
    (fn: FunctionName) =>
    (...values: unknown[]) =>
      lifetime.during(fn, () => call(caches, fn, values));
  const bindVjp =
    (fn: FunctionName) =>
    (...values: unknown[]) =>
      lifetime.during(fn, () => callVjp(lifetime, caches, fn, values));
  const functions = {
    lax: {
      conv: bind('lax.conv'),
      convWithGeneralPadding: bind('lax.convWithGeneralPadding'),
      convGeneralDilated: bind('lax.convGeneralDilated'),
      convTranspose: bind('lax.convTranspose'),
      convGeneralDilatedPatches: bind('lax.convGeneralDilatedPatches'),
      convGeneralDilatedLocal: bind('lax.convGeneralDilatedLocal'),
      convGeneralDilatedVjp: bindVjp('lax.convGeneralDilatedVjp'),
      convTransposeVjp: bindVjp('lax.convTransposeVjp'),
      prepareConvGeneralDilated: (...values: unknown[]) =>
        lifetime.during('lax.prepareConvGeneralDilated', () => prepare(lifetime, caches, values)),
      convDimensionNumbers: (...values: unknown[]) => convDimensionNumbers(values),
    },
    numpy: { convolve: bind('numpy.convolve'), correlate: bind('numpy.correlate') },
    scipy: {
      signal: {
        convolve: bind('scipy.signal.convolve'),
        correlate: bind('scipy.signal.correlate'),
        convolve2d: bind('scipy.signal.convolve2d'),
        correlate2d: bind('scipy.signal.correlate2d'),
        fftconvolve: bind('scipy.signal.fftconvolve'),
      },
    },
  };
  const dispose = (): Promise<void> => lifetime.end();
  return {
    // The implementations take any values and check them; the interface says which ones they accept.
    ...(functions as unknown as Pick<Instance, 'lax' | 'numpy' | 'scipy'>),
    backend: handleOf(backends, caches, lifetime, options.rejected ?? []),
    dispose,
    [Symbol.asyncDispose]: dispose,
  };
}

async function call(caches: readonly PlanCache[], fn: FunctionName, values: readonly unknown[]): Promise<OperandTensor> {
  const operation = operationNamed(fn);
  const { operands, resolution } = resolveArguments<OperandTensor>(operation, values, checkTensor);
  const place = placeOf(fn, caches, operation.signature.operands, operands);
  const results = await execute(place, resolution.steps, operands);
  return results[results.length - 1];
}

/** The result, and the function that pulls its cotangent back to the operands. */
async function callVjp(lifetime: Lifetime, caches: readonly PlanCache[], fn: FunctionName, values: readonly unknown[]) {
  const operation = operationNamed(fn);
  const { operands, resolution } = resolveArguments<OperandTensor>(operation, values, checkTensor);
  const place = placeOf(fn, caches, operation.signature.operands, operands);
  const [out] = await execute(place, resolution.steps, operands);
  const pullback = (...given: unknown[]) => lifetime.during(fn, () => pullBack(fn, caches, resolution, operands, given));
  return [out, pullback];
}

/** The lhs of a preparation is a shape and a dtype; only the rhs has data. */
async function prepare(lifetime: Lifetime, caches: readonly PlanCache[], values: readonly unknown[]): Promise<PreparedConv> {
  const fn = 'lax.prepareConvGeneralDilated';
  const { operands, resolution } = resolveArguments(operationNamed(fn), values, checkSpec);
  const [lhs, rhs] = operands;
  checkTensor(fn, 'rhs', rhs);
  const spec = { shape: [...lhs.shape], dtype: lhs.dtype };
  return prepareConv(lifetime, placeOf(fn, caches, ['rhs'], [rhs]), resolution.steps[0], spec, rhs);
}

async function explain(caches: readonly PlanCache[], fn: unknown, values: readonly unknown[]): Promise<Explanation[]> {
  const { operands, resolution } = resolveArguments(operationNamed(fn), values, checkSpec);
  const onDevice = operands.filter(isDeviceTensor);
  const usable = onDevice.length === 0 ? caches : placeOf('explain', caches, ['operand'], onDevice).caches;
  const explanations: Explanation[] = [];
  for (const { problem } of stepsOf(resolution)) {
    if (problem === null) {
      explanations.push({ backend: 'api', kernel: 'empty', problem, reasons: ['the result is empty or all zeros'] });
      continue;
    }
    explanations.push(
      await withFirstPlan(usable, problem, (plan, { backend }, refusals) =>
        Promise.resolve({
          backend: backend.name,
          kernel: plan.kernel,
          problem,
          reasons: [...refusals.map(({ message }) => message), ...(plan.reasons ?? [])],
        }),
      ),
    );
  }
  return explanations;
}

function handleOf(
  backends: readonly Backend[],
  caches: readonly PlanCache[],
  lifetime: Lifetime,
  rejected: readonly Rejection[],
): BackendHandle {
  const [first] = backends;
  return {
    name: backends.map(({ name }) => name).join('+'),
    get info() {
      return first.info;
    },
    rejected,
    explain: (fn, ...values) => lifetime.during('explain', () => explain(caches, fn, values)),
    toDevice: <T extends AnyTensor>(tensor: T) =>
      lifetime.during('toDevice', async () => {
        checkTensor('toDevice', 'tensor', tensor);
        const withDevice = backends.find((each) => each.toDevice !== undefined) ?? first;
        return (await deviceMethods('toDevice', withDevice).toDevice(tensor)) as DeviceTensor<T['dtype']>;
      }),
  };
}

function checkBackends(backends: readonly Backend[]): void {
  const isBackend = (value: unknown): boolean => typeof value === 'object' && value !== null && 'prepare' in value && 'name' in value;
  if (backends.length > 0 && backends.every(isBackend)) return;
  throw refuse('backend/unknown', 'backend must be a Backend (with name, info, prepare and dispose) or a non-empty list of these', {
    op: 'laxconvOn',
    argument: 'backend',
  });
}
