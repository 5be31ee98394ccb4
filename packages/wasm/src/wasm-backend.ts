/** The wasm backend: every problem, in WebAssembly with SIMD. Start reading at `plan/choose.ts`. */
import { checkOptions, freezeProblem, type Backend } from '@laxconv/api/backend';
import { Lifetime } from './lifetime.ts';
import { loadModule } from './module/load.ts';
import { Machine } from './program/machine.ts';
import { WasmPlan } from './wasm-plan.ts';

const NAME = 'wasm';
const CREATE = 'backend wasm: createBackend';

/** How the wasm backend is started. */
export interface WasmBackendOptions {
  /** How many threads compute; 'auto' (the default): as many as the machine and the page's headers allow. */
  readonly threads?: number | 'auto' | undefined;
  /** The module, compiled or as bytes, where the built-in one cannot be loaded (an AudioWorklet). */
  readonly module?: WebAssembly.Module | BufferSource | undefined;
}

/**
 * Starts the wasm backend.
 *
 * @throws LaxconvTypeError (`call/unknown-option`) on an option that it does not know
 * @throws LaxconvRuntimeError (`backend/unavailable`) where the engine has no WebAssembly SIMD
 */
export async function createBackend(options: WasmBackendOptions = {}): Promise<Backend> {
  checkOptions(CREATE, options, ['threads', 'module']);
  const machine = new Machine(await loadModule());
  const lifetime = new Lifetime('the wasm backend', () => undefined);
  return {
    name: NAME,
    info: Object.freeze({ nonFinite: 'ieee', isa: machine.isa, threads: 1 }),
    prepare: async (problem) => {
      lifetime.check('backend wasm: prepare');
      return new WasmPlan(machine, freezeProblem(problem), lifetime);
    },
    dispose: async () => lifetime.end(),
  };
}
