/** The backends of this repository, by the names of their rows. A new one is a row; a page takes the same table. */
import type { Backend } from '@laxconv/api/backend';

/** What a backend's package exports. */
export interface BackendModule {
  createBackend(options?: object): Promise<Backend>;
}

export interface BackendRow {
  readonly load: () => Promise<Partial<BackendModule>>;
  /** Takes `{ device }`: in Node, the GPUDevice that it shares with the peers. */
  readonly onGpu?: boolean;
}

/** In the order they are shown. */
export const OURS: Readonly<Record<string, BackendRow>> = {
  naive: { load: () => import('@laxconv/naive') },
  wasm: { load: () => import('@laxconv/wasm') },
  webgpu: { load: () => import('@laxconv/webgpu'), onGpu: true },
};

export const OUR_BACKENDS: readonly string[] = Object.keys(OURS);

/** Those of a run that names none. A GPU is asked for by name: what it needs is not on every machine, and its times stand for themselves. */
export const DEFAULT_BACKENDS: readonly string[] = OUR_BACKENDS.filter((name) => OURS[name].onGpu !== true);
