/** `laxconvOn`: the public functions bound to a backend, with its plans. Two instances share nothing. */
import { checkOptions } from '../call/options.ts';
import { reading } from '../call/reading.ts';
import { refuse } from '../errors.ts';
import { convDimensionNumbers } from '../ops/lax/conv-dimension-numbers.ts';
import type { OperationName } from '../ops/operations.ts';
import { isBackend, type Backend } from '../problem/backend.ts';
import { describe } from '../tensor/describe.ts';
import type { DType } from '../tensor/dtype.ts';
import type { AnyTensor, DeviceTensor } from '../tensor/tensor.ts';
import { Engine } from './engine.ts';
import type { BackendHandle, Rejection } from './types/handle.ts';
import type { Instance } from './types/instance.ts';

/** What the front door adds to an instance. */
export interface InstanceOptions {
  /** Backends that were asked for and could not start. */
  readonly rejected?: readonly Rejection[];
  /** Backends among the given ones that the instance disposes of; default: none, who creates a backend disposes of it. */
  readonly owned?: readonly Backend[];
}

const OPTIONS = ['rejected', 'owned'] as const satisfies (keyof InstanceOptions)[];

/**
 * The public functions on a backend, or on a list of them, tried in order for each problem.
 *
 * Synchronous, for places where dynamic import is forbidden (AudioWorklet, service worker); `laxconv()` of the package `laxconv`
 * creates the backends too.
 *
 * @param backend A Backend, or several, which the caller made and disposes of.
 * @param options `rejected`, `owned`: what `laxconv()` says of the backends that it starts.
 * @throws {@link LaxconvValueError} when `backend` is no backend or an empty list
 * @example
 * const { lax } = laxconvOn(await createBackend()); // of a backend's package, or your own
 * const y = await lax.conv(tensor([[[1, 2, 3, 4]]]), tensor([[[1, 10]]]), [1], 'VALID');
 * toNested(y); // → [[[21, 32, 43]]]
 */
export function laxconvOn(backend: Backend | readonly Backend[], options: InstanceOptions = {}): Instance {
  const { backends, rejected, owned } = reading('laxconvOn', () => {
    const given = Array.isArray(backend) ? [...(backend as readonly Backend[])] : [backend as Backend];
    checkBackends(given);
    checkOptions('laxconvOn', options, OPTIONS);
    return { backends: given, rejected: list('rejected', options.rejected), owned: list('owned', options.owned) };
  });
  const engine = new Engine(backends, owned);
  const { lifetime } = engine;

  const bind = (fn: OperationName) => {
    const call = engine.callerOf(fn);
    return (...values: unknown[]) => lifetime.during(fn, () => call(values));
  };
  const bindVjp = (fn: OperationName) => {
    const call = engine.vjpCallerOf(fn);
    return (...values: unknown[]) => lifetime.during(fn, () => call(values));
  };
  const bindPrepare =
    (fn: OperationName) =>
    (...values: unknown[]) =>
      lifetime.during(fn, () => engine.prepare(fn, values));
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
      prepareConvGeneralDilated: bindPrepare('lax.prepareConvGeneralDilated'),
      prepareConvTranspose: bindPrepare('lax.prepareConvTranspose'),
      convDimensionNumbers: (...values: unknown[]) => reading('lax.convDimensionNumbers', () => convDimensionNumbers(values)),
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
    backend: handleOf(backends, engine, rejected),
    dispose,
    [Symbol.asyncDispose]: dispose,
  };
}

function handleOf(backends: readonly Backend[], engine: Engine, rejected: readonly Rejection[]): BackendHandle {
  const { lifetime } = engine;
  return {
    name: backends.map(({ name }) => name).join('+'),
    get info() {
      return backends[0].info;
    },
    rejected,
    explain: (fn, ...values) => lifetime.during('explain', () => engine.explain(fn, values)),
    toDevice: <D extends DType>(tensor: AnyTensor<D>) =>
      lifetime.during('toDevice', async () => (await engine.toDevice(tensor)) as DeviceTensor<D>),
  };
}

function list<T>(name: keyof InstanceOptions, value: readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return [...value];
  throw refuse('call/options', `option ${name} must be a list, got ${describe(value)}`, {
    op: 'laxconvOn',
    argument: name,
    values: { [name]: value },
  });
}

function checkBackends(backends: readonly Backend[]): void {
  if (backends.length > 0 && backends.every(isBackend)) return;
  throw refuse('backend/unknown', 'backend must be a Backend (with name, info, prepare and dispose) or a non-empty list of these', {
    op: 'laxconvOn',
    argument: 'backend',
  });
}
