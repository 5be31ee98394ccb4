/** The backends of this repository, by the names of their rows. A new one is a row; pages read the same table. */
import type { Backend } from '@laxconv/api/backend';

export interface BackendModule {
  createBackend(options?: object): Promise<Backend>;
}

export interface BackendRow {
  readonly load: () => Promise<Partial<BackendModule>>;
  /** Takes `{ device }`: the GPUDevice that it shares with the peers. */
  readonly onGpu?: boolean;
}

/** In the order they are shown. */
export const OURS: Readonly<Record<string, BackendRow>> = {
  naive: { load: () => import('@laxconv/naive') },
  wasm: { load: () => import('@laxconv/wasm') },
};

export const OUR_BACKENDS: readonly string[] = Object.keys(OURS);
