/** One thing that is timed on a case: a backend's prepared convolution, or the public function on that backend. */
import { laxconvOn, type ConvCall } from '@laxconv/api';
import type { Backend, ConvPlan, ConvProblem, ErrorBound, Tensor } from '@laxconv/api/backend';
import { isDeviceTensor } from '@laxconv/api/backend';

export interface Contender {
  /** Shown in results: the backend's name, with what is timed where that is not its plain run. */
  readonly implementation: string;
  readonly backend: string;
  readonly kernel: string;
  readonly errorBound: ErrorBound;
  /** What `prepare` and `bindRhs` took, once, with nothing cached. */
  readonly prepareMs: number;
  /** One convolution, its result in host memory. */
  readonly run: () => Promise<Tensor>;
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
    run: async () => onHost(await bound.run(lhs)),
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
    run: async () => onHost(await fn(lhs, rhs, ...call.args)),
    dispose: async () => {
      await plan.dispose();
      await instance.dispose();
    },
  };
}

function describe(
  backend: Backend,
  { kernel, errorBound }: ConvPlan,
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

/** Cases have host operands, so the contract promises a host result. */
function onHost(result: unknown): Tensor {
  if (isDeviceTensor(result)) throw new Error('the operands are in host memory, and the result is on a device');
  return result as Tensor;
}
