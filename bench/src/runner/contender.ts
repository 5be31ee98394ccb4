/** One thing that is timed on a case: a backend's bound convolution, or a public or prepared call on that backend. */
import { laxconvOn, type ConvCall, type PreparedConv } from '@laxconv/api';
import type { Backend, ConvPlan, ConvProblem, ErrorBound, Tensor } from '@laxconv/api/backend';

export interface Contender {
  /** Shown in results: the backend's name, with what is timed where that is not its plain run. */
  readonly implementation: string;
  readonly backend: string;
  readonly kernel: string;
  readonly errorBound: ErrorBound;
  /** What `prepare` and `bindRhs` took, once, with nothing cached. */
  readonly prepareMs: number;
  /** One convolution: its result, or a promise of it. */
  readonly run: () => unknown;
  dispose(): Promise<void>;
}

/** What a contender is to run. */
export interface Task {
  readonly call: ConvCall;
  readonly problem: ConvProblem;
  readonly lhs: Tensor;
  readonly rhs: Tensor;
}

/** Times the backend itself: weights packed beforehand, one `run` per call. */
export async function preparedContender(backend: Backend, { problem, lhs, rhs }: Task): Promise<Contender> {
  const started = performance.now();
  const plan = await backend.prepare(problem);
  const bound = await plan.bindRhs(rhs);
  const prepareMs = performance.now() - started;
  return {
    ...describe(backend, plan, prepareMs),
    implementation: backend.name,
    run: () => bound.run(lhs),
    dispose: async () => {
      await bound.dispose();
      await plan.dispose();
    },
  };
}

/** The same problem through the public function: above the backend it costs resolving, the plan cache and packing the weights. */
export async function publicContender(backend: Backend, { call, problem, lhs, rhs }: Task): Promise<Contender> {
  const instance = laxconvOn(backend);
  const fn = publicFunction(instance, call.fn);
  const started = performance.now();
  await fn(lhs, rhs, ...call.args);
  const prepareMs = performance.now() - started;
  const plan = await backend.prepare(problem);
  return {
    ...describe(backend, plan, prepareMs),
    implementation: `${backend.name} · ${call.fn}`,
    run: () => fn(lhs, rhs, ...call.args),
    dispose: async () => {
      await plan.dispose();
      await instance.dispose();
    },
  };
}

/** The two ways to run what `lax.prepareConvGeneralDilated` gives. */
export const PREPARED_CALLS = ['PreparedConv.run', 'PreparedConv.runSync'] as const;

/** A prepared convolution that writes into a tensor it is given. */
export function preparedCallContender(label: (typeof PREPARED_CALLS)[number]) {
  return async (backend: Backend, { call, lhs, rhs }: Task): Promise<Contender> => {
    const instance = laxconvOn(backend);
    const prepare = publicFunction(instance, 'lax.prepareConvGeneralDilated');
    const started = performance.now();
    const prepared = (await prepare(lhs, rhs, ...call.args)) as PreparedConv;
    const prepareMs = performance.now() - started;
    const options = { out: await prepared.run(lhs) };
    return {
      ...describe(backend, prepared, prepareMs),
      implementation: `${backend.name} · ${label}`,
      run: label === 'PreparedConv.run' ? () => prepared.run(lhs, options) : () => prepared.runSync(lhs, options),
      dispose: () => instance.dispose(),
    };
  };
}

function describe(
  backend: Backend,
  { kernel, errorBound }: Pick<ConvPlan, 'kernel' | 'errorBound'>,
  prepareMs: number,
): Pick<Contender, 'backend' | 'kernel' | 'errorBound' | 'prepareMs'> {
  return { backend: backend.name, kernel, errorBound, prepareMs };
}

type PublicFunction = (...args: readonly unknown[]) => Promise<unknown>;

/** The function at a path such as `scipy.signal.convolve`. */
function publicFunction(instance: object, path: string): PublicFunction {
  const found = path.split('.').reduce<unknown>((scope, name) => (scope as Readonly<Record<string, unknown>>)[name], instance);
  if (typeof found !== 'function') throw new Error(`laxconv has no function ${path}`);
  return found as PublicFunction;
}
