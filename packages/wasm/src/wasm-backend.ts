/** The wasm backend: every problem, in WebAssembly with SIMD. Start reading at `plan/choose.ts`. */
import { checkOptions, freezeProblem, type Backend, type BackendInfo } from '@laxconv/api/backend';
import { Lifetime } from './lifetime.ts';
import { givenModule, loadModule, type LoadedModule } from './module/load.ts';
import type { Algorithm } from './plan/algorithm.ts';
import { Machine } from './program/machine.ts';
import { threadCount, type ThreadCount } from './threads/thread-count.ts';
import { WasmPlan } from './wasm-plan.ts';

const NAME = 'wasm';
const CREATE = 'backend wasm: createBackend';

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
  const loaded = module === undefined ? loadModule(undefined, wanted.threads > 1) : givenModule(module);
  // Not awaited where there is nothing to wait for: an AudioWorklet starts at once.
  return start(loaded instanceof Promise ? await loaded : loaded, wanted);
}

function start(loaded: LoadedModule, wanted: ThreadCount): Backend {
  const { threads, reason } = loaded.isShared || wanted.threads === 1 ? wanted : PLAIN;
  return backendOn(new Machine(loaded, { threads }), reason);
}

/** The backend on `machine`; `reason` is why it has that many threads. `algorithms`: the rows of the decision table, by default all. */
export function backendOn(machine: Machine, reason: string, algorithms?: readonly Algorithm[]): Backend {
  const lifetime = new Lifetime('the wasm backend', () => machine.end());
  return {
    name: NAME,
    get info() {
      return infoOf(machine, reason);
    },
    prepare: async (problem) => {
      lifetime.check('backend wasm: prepare');
      return new WasmPlan(machine, freezeProblem(problem), lifetime, algorithms);
    },
    dispose: () => lifetime.end(),
  };
}

const PLAIN: ThreadCount = {
  threads: 1,
  reason: 'the module given takes no shared memory; compileModule({ shared: true }) gives one that does',
};

/** What is true when it is read: workers start with the first problem that is worth it, and then it shows whether they can. */
function infoOf({ isa, pool, threads }: Machine, reason: string): BackendInfo {
  const obstacle = pool?.reason;
  return Object.freeze({ nonFinite: 'ieee', isa, threads: obstacle === undefined ? threads : 1, threadsReason: obstacle ?? reason });
}
