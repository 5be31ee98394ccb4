/** The backends of this repository, by the names of their rows. A new one is a row; a page takes the same table. */
import type { Backend } from '@laxconv/api/backend';

export type BackendModule = { readonly createBackend: () => Promise<Backend> };

/** In the order they are shown. */
export const OURS: Readonly<Record<string, () => Promise<BackendModule>>> = {
  naive: () => import('@laxconv/naive'),
  wasm: () => import('@laxconv/wasm'),
};

export const OUR_BACKENDS: readonly string[] = Object.keys(OURS);
