/**
 * How each named backend is started: the one table to extend. A dynamic import each, so that a bundle loads only what is picked.
 */
import type { Backend } from '@laxconv/api/backend';

/** The backends that have a name, in the order that `'auto'` tries them. */
export const BACKEND_NAMES = ['webgpu', 'wasm', 'naive'] as const;

/** A backend that laxconv starts by itself. */
export type BackendName = (typeof BACKEND_NAMES)[number];

/**
 * Starts a backend with the options given under its name; rejects with a reason when it cannot start here. `isNamed`: the caller asked for
 * this one; else it is one of those that `'auto'` tries.
 */
export type Loader = (options: object | undefined, isNamed: boolean) => Promise<Backend>;

/** The loaders, by name. */
export const LOADERS: Readonly<Record<BackendName, Loader>> = {
  // A GPU that computes on the CPU does so slower than wasm.
  webgpu: async (options, isNamed) => (await import('@laxconv/webgpu')).createBackend({ ...options, software: isNamed }),
  wasm: async (options) => (await import('@laxconv/wasm')).createBackend(options),
  naive: async () => (await import('@laxconv/naive')).createBackend(),
};

/** True for the name of a backend. */
export function isBackendName(value: unknown): value is BackendName {
  return BACKEND_NAMES.some((name) => name === value);
}
