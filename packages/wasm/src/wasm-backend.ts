/** The wasm backend: every problem, in WebAssembly with SIMD. Start reading at `plan/choose.ts`. */
import { checkOptions, DTYPES, freezeProblem, Lifetime, sizeOf, type Backend, type ConvProblem } from '@laxconv/api/backend';
import { givenModule, loadModule, type LoadedModule } from './module/load.ts';
import type { Algorithm } from './plan/algorithm.ts';
import { Machine } from './program/machine.ts';
import { isWorthThreads } from './threads/share-out.ts';
import { threadCount, type ThreadCount } from './threads/thread-count.ts';
import { WasmPlan } from './wasm-plan.ts';

const NAME = 'wasm';
const CREATE = 'backend wasm: createBackend';
const PREPARE = 'backend wasm: prepare';

/** How the wasm backend is started. */
export interface WasmBackendOptions {
  /**
   * How many threads compute; 'auto' (the default): as many as the machine has processors, at most 8. Where the platform has no shared
   * memory (a page without the headers for it), there is one, and `info.threadsReason` says why.
   */
  readonly threads?: number | 'auto' | undefined;
  /** The module (`compileModule`), compiled or as bytes, where the built-in one cannot be loaded: an AudioWorklet, a service worker. */
  readonly module?: WebAssembly.Module | BufferSource | undefined;
}

/**
 * Starts the wasm backend.
 *
 * @throws LaxconvTypeError (`call/unknown-option`) on an option that it does not know
 * @throws LaxconvValueError (`backend/option`) on threads or a module that it cannot take
 * @throws LaxconvRuntimeError (`backend/unavailable`) where the engine has no WebAssembly SIMD
 */
export async function createBackend(options: WasmBackendOptions = {}): Promise<Backend> {
  checkOptions(CREATE, options, ['threads', 'module']);
  const { threads, module } = options;
  const wanted = threadCount(threads);
  if (module === undefined) return backendOn(new Machine(await loadModule()), wanted.reason, threadsBeside(wanted));
  const loaded = givenModule(module);
  // Not awaited where there is nothing to wait for: an AudioWorklet starts at once.
  return onGiven(loaded instanceof Promise ? await loaded : loaded, wanted);
}

/** What is given is all there is: on a module for shared memory everything runs in that. */
function onGiven(loaded: LoadedModule, wanted: ThreadCount): Backend {
  const { threads, reason } = loaded.isShared || wanted.threads === 1 ? wanted : PLAIN;
  return backendOn(new Machine(loaded, { threads }), reason);
}

/** A machine with several threads, made when the first problem is worth it. */
interface Threads {
  readonly threads: number;
  machine(): Promise<Machine>;
}

function threadsBeside({ threads }: ThreadCount): Threads | undefined {
  if (threads === 1) return undefined;
  let machine: Promise<Machine> | undefined;
  const make = async (): Promise<Machine> => new Machine(await loadModule(undefined, true), { threads });
  return { threads, machine: () => (machine ??= make()) };
}

/**
 * The backend on `machine`, and on that of `beside` what is worth its threads; `reason` is why there are so many. `algorithms`: the rows of
 * the decision table, by default all.
 */
export function backendOn(machine: Machine, reason: string, beside?: Threads, algorithms?: readonly Algorithm[]): Backend {
  let shared: Machine | undefined;
  let obstacle: string | undefined;
  const lifetime = new Lifetime('the wasm backend', async () => {
    await Promise.all([machine.end(), shared?.end()]);
  });
  const plan = async (problem: ConvProblem): Promise<WasmPlan> => {
    const made = new WasmPlan(machine, problem, lifetime, algorithms);
    if (beside === undefined || obstacle !== undefined || !isWorthThreads(made.cost, bytesOf(problem), beside.threads)) return made;
    try {
      shared ??= await beside.machine();
    } catch (error) {
      // One thread can run it too.
      obstacle = `there is no shared memory: ${error instanceof Error ? error.message : String(error)}`;
      return made;
    }
    lifetime.check(PREPARE);
    made.moveTo(shared);
    return made;
  };
  return {
    name: NAME,
    get info() {
      // What is true when it is read: workers start with the first problem that is worth it, and then it shows whether they can.
      const why = obstacle ?? (shared ?? machine).pool?.reason;
      const threads = beside?.threads ?? machine.threads;
      return Object.freeze({
        nonFinite: 'ieee' as const,
        isa: machine.isa,
        threads: why === undefined ? threads : 1,
        threadsReason: why ?? reason,
      });
    },
    prepare: async (problem) => {
      lifetime.check(PREPARE);
      return plan(freezeProblem(problem, PREPARE));
    },
    dispose: () => lifetime.end(),
  };
}

function bytesOf({ lhs, out }: ConvProblem): number {
  return [lhs, out].reduce((sum, { shape, dtype }) => sum + sizeOf(shape) * DTYPES[dtype].itemsize, 0);
}

const PLAIN: ThreadCount = {
  threads: 1,
  reason: 'the module given takes no shared memory; compileModule({ shared: true }) gives one that does',
};
