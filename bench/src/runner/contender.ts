/** One thing that is timed on a case: a backend's prepared convolution, the public function on that backend, or a peer at its best. */
import { laxconvOn, type PreparedConv } from '@laxconv/api';
import { isDeviceTensor, zeros, type Backend, type ConvPlan, type ErrorBound, type OperandTensor, type Tensor } from '@laxconv/api/backend';
import type { Task } from '../cases/task-of.ts';
import { isStageable } from '../peers/peer.ts';
import { deviceTiming, hasDevice, type DeviceTiming } from './device-timing.ts';
import { timed, type Sample } from './timed.ts';

export interface Contender {
  /** Shown in results: the backend's name, with what is timed where that is not its plain run. */
  readonly implementation: string;
  readonly backend: string;
  readonly kernel: string;
  /** The plan's own, where it gives any. */
  readonly reasons: readonly string[];
  readonly errorBound: ErrorBound;
  /** What `prepare` and `bindRhs` took, once, with nothing cached. */
  readonly prepareMs: number;
  /** A result in host memory, to be verified. Nothing that is timed runs in another way. */
  readonly result: () => Promise<Tensor>;
  /** The time of some calls. */
  readonly sample: Sample;
  /** True where `sample` leaves results on a device: calls are submitted, several where they are short, and then waited for. */
  readonly onDevice?: boolean | undefined;
  dispose(): Promise<void>;
}

/** A way to run a task on a backend. */
export interface Entrance {
  /** Shown beside the backend's name; '' for its plain run. */
  readonly suffix: string;
  /** Null where the backend has no such way. */
  readonly start: (backend: Backend, task: Task) => Promise<Contender | null>;
}

/**
 * The backend itself: weights packed beforehand, one `run` per call, into an `out` of the caller's, or with operands and results in its own
 * memory where it has any. A peer: on operands that lie where it wants them.
 */
export const PREPARED: Entrance = { suffix: '', start: preparedContender };

/** The same through `runSync`. */
export const SYNCHRONOUS: Entrance = { suffix: ' · runSync', start: synchronousContender };

/** The same problem through the public function: above the backend it costs resolving, the plan cache and packing the weights. */
export function publicEntrance(fn: string): Entrance {
  return { suffix: ` · ${fn}`, start: publicContender };
}

/** The ways to run what `lax.prepareConvGeneralDilated` gives, into an `out` of the caller's. */
export const PREPARED_CALLS: readonly Entrance[] = [
  { suffix: ' · PreparedConv.run', start: (backend, task) => preparedCallContender(backend, task, 'run') },
  { suffix: ' · PreparedConv.runSync', start: (backend, task) => preparedCallContender(backend, task, 'runSync') },
];

async function preparedContender(backend: Backend, task: Task): Promise<Contender> {
  const { common, bound } = await prepare(backend, task);
  if (!isStageable(bound)) {
    if (hasDevice(backend)) {
      const timing = await deviceTiming(backend, [task.lhs], ([lhs]) => bound.run(lhs));
      return { ...common, ...timing, implementation: backend.name, dispose: () => endOf(timing, common) };
    }
    const out = garbage(task);
    const run = (): Promise<unknown> => bound.run(task.lhs, { out });
    return { ...common, implementation: backend.name, result: async () => onHost(await run()), sample: timed(run) };
  }
  const staged = await bound.stage(task.lhs);
  return {
    ...common,
    implementation: backend.name,
    result: () => staged.result(),
    sample: staged.sample ?? timed(() => staged.run()),
    onDevice: staged.onDevice,
    dispose: async () => {
      await staged.dispose();
      await common.dispose();
    },
  };
}

async function endOf(timing: DeviceTiming, contender: Pick<Contender, 'dispose'>): Promise<void> {
  timing.free();
  await contender.dispose();
}

async function synchronousContender(backend: Backend, task: Task): Promise<Contender | null> {
  const { common, bound } = await prepare(backend, task);
  if (bound.runSync === undefined) {
    await common.dispose();
    return null;
  }
  const out = garbage(task);
  const run = (): unknown => bound.runSync?.(task.lhs, { out });
  return { ...common, implementation: `${backend.name}${SYNCHRONOUS.suffix}`, result: async () => onHost(run()), sample: timed(run) };
}

async function prepare(backend: Backend, { problem, rhs }: Task) {
  const started = performance.now();
  const plan = await backend.prepare(problem);
  const bound = await plan.bindRhs(rhs);
  const prepareMs = performance.now() - started;
  const dispose = async (): Promise<void> => {
    await bound.dispose();
    await plan.dispose();
  };
  return { bound, common: { ...describe(backend, plan, prepareMs), dispose } };
}

async function publicContender(backend: Backend, { call, problem, lhs, rhs }: Task): Promise<Contender> {
  const instance = laxconvOn(backend);
  const fn = publicFunction(instance, call.fn);
  // The problem's operands under the labels that the caller gives them: [n] for [1, 1, n].
  const operands = [lhs, rhs].map((operand, index) => ({ ...operand, shape: call.operands[index].shape }));
  const run = (on: readonly OperandTensor[] = operands): Promise<unknown> => fn(...on, ...call.args);
  const started = performance.now();
  await run();
  const prepareMs = performance.now() - started;
  const plan = await backend.prepare(problem);
  const common = {
    ...describe(backend, plan, prepareMs),
    implementation: `${backend.name} · ${call.fn}`,
    dispose: async () => {
      await plan.dispose();
      await instance.dispose();
    },
  };
  if (!hasDevice(backend)) return { ...common, result: async () => onHost(await run()), sample: timed(() => run()) };
  const timing = await deviceTiming(backend, operands, run);
  return { ...common, ...timing, dispose: () => endOf(timing, common) };
}

async function preparedCallContender(backend: Backend, task: Task, way: 'run' | 'runSync'): Promise<Contender> {
  const { call, lhs, rhs } = task;
  const instance = laxconvOn(backend);
  const started = performance.now();
  const prepared = (await publicFunction(instance, 'lax.prepareConvGeneralDilated')(lhs, rhs, ...call.args)) as PreparedConv;
  const prepareMs = performance.now() - started;
  const options = { out: garbage(task) };
  const run = (): unknown => prepared[way](lhs, options);
  return {
    ...describe(backend, prepared, prepareMs),
    implementation: `${backend.name} · PreparedConv.${way}`,
    result: async () => onHost(await run()),
    sample: timed(run),
    dispose: () => instance.dispose(),
  };
}

function describe(
  backend: Backend,
  { kernel, errorBound, reasons = [] }: Pick<ConvPlan, 'kernel' | 'errorBound' | 'reasons'>,
  prepareMs: number,
): Pick<Contender, 'backend' | 'kernel' | 'reasons' | 'errorBound' | 'prepareMs'> {
  return { backend: backend.name, kernel, reasons, errorBound, prepareMs };
}

type PublicFunction = (...args: readonly unknown[]) => Promise<unknown>;

/** The function at a path such as `scipy.signal.convolve`. */
function publicFunction(instance: object, path: string): PublicFunction {
  const found = path.split('.').reduce<unknown>((scope, name) => (scope as Readonly<Record<string, unknown>>)[name], instance);
  if (typeof found !== 'function') throw new Error(`laxconv has no function ${path}`);
  return found as PublicFunction;
}

/** An `out` in which every element is wrong (NaN, −1) until the backend has written it. */
function garbage({ problem }: Task): Tensor {
  const out = zeros(problem.out.shape, problem.out.dtype);
  new Uint8Array(out.data.buffer).fill(problem.out.dtype === 'bool' ? 1 : 0xff);
  return out;
}

/** Cases have host operands, so the contract promises a host result. */
function onHost(result: unknown): Tensor {
  if (isDeviceTensor(result)) throw new Error('the operands are in host memory, and the result is on a device');
  return result as Tensor;
}
