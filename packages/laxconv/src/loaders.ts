/**
 * How each named backend is started: the one table to extend. A dynamic import each, so that a bundle loads only what is picked.
 */
import type { Backend } from '@laxconv/api/backend';

/** The backends that have a name, in the order that `'auto'` tries them. */
export const BACKEND_NAMES = ['webgpu', 'wasm', 'naive'] as const;

/** A backend that laxconv starts by itself. */
export type BackendName = (typeof BACKEND_NAMES)[number];

/** Starts a backend with the options given under its name; rejects with a reason when it cannot start here. */
export type Loader = (options: object | undefined) => Promise<Backend>;

/** The loaders, by name. */
export const LOADERS: Readonly<Record<BackendName, Loader>> = {
  webgpu: absent('@laxconv/webgpu'),
  wasm: async (options) => (await import('@laxconv/wasm')).createBackend(options),
  naive: async () => (await import('@laxconv/naive')).createBackend(),
};

/** The loader of a backend whose package this version of laxconv does not come with. */
function absent(packageName: string): Loader {
  return async () => {
    throw new Error(`the package ${packageName} is missing: this version of laxconv does not come with it`);
  };
}

/** True for the name of a backend. */
export function isBackendName(value: unknown): value is BackendName {
  return BACKEND_NAMES.some((name) => name === value);
}
