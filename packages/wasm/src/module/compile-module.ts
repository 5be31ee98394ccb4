/** The module by itself, to hand on to where it cannot be loaded. */
import { checkOptions, wrongOption } from '@laxconv/api/backend';
import { builtInBytes, compiledHere } from './load.ts';

/** What {@link compileModule} compiles. */
export interface ModuleOptions {
  /** True for a module whose backend may have several threads: its memory is shared. */
  readonly shared?: boolean | undefined;
}

/**
 * Compiles the numeric module. It can be posted to a worker or an AudioWorklet (as a `processorOptions` entry), which starts the backend on
 * it by `createBackend({ module })` without loading anything. A service worker takes no compiled module: post {@link moduleBytes} there.
 *
 * @throws LaxconvTypeError (`call/unknown-option`) on an option that it does not know
 * @throws LaxconvValueError (`backend/option`) on a `shared` that is neither true nor false
 * @throws LaxconvRuntimeError (`backend/unavailable`) where the engine has no WebAssembly SIMD
 * @example
 * const module = await compileModule();
 * const backend = await createBackend({ module, threads: 1 });
 */
export async function compileModule(options: ModuleOptions = {}): Promise<WebAssembly.Module> {
  return compiledHere(await builtInBytes(isShared('compileModule', options)));
}

/**
 * The bytes of the module that {@link compileModule} compiles, to serve or to cache.
 *
 * @throws LaxconvTypeError (`call/unknown-option`) on an option that it does not know
 * @throws LaxconvValueError (`backend/option`) on a `shared` that is neither true nor false
 * @throws LaxconvRuntimeError (`backend/unavailable`) where the engine has no WebAssembly SIMD
 * @example
 * const bytes = await moduleBytes();
 * const backend = await createBackend({ module: bytes });
 */
export async function moduleBytes(options: ModuleOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  return builtInBytes(isShared('moduleBytes', options));
}

function isShared(name: string, options: ModuleOptions): boolean {
  const op = `backend wasm: ${name}`;
  checkOptions(op, options, ['shared']);
  const { shared = false } = options;
  if (typeof shared === 'boolean') return shared;
  throw wrongOption(op, 'shared', 'true or false', shared);
}
