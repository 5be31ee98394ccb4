/**
 * The backends of this repository, in one place: `npm start` runs the conformance suite and the benchmark on each of them. A new
 * backend is one row.
 */

/** A backend as the conformance CLI is told about it. */
export interface RepositoryBackend {
  /** Its name in `laxconv({ backend })`, and that of its expectations file, `conformance/expectations/<name>.jsonc`. */
  readonly name: string;
  /** What `--backend` gets; a devDependency of the root, so that it resolves from there. */
  readonly module: string;
  /** What `--backend-options` gets. */
  readonly options: Readonly<Record<string, unknown>>;
  /** It runs on an adapter that the machine may not have (scripts/setup/webgpu). */
  readonly needsAdapter: boolean;
}

export const BACKENDS: readonly RepositoryBackend[] = [
  { name: 'naive', module: '@laxconv/naive', options: {}, needsAdapter: false },
  { name: 'wasm', module: '@laxconv/wasm', options: {}, needsAdapter: false },
  { name: 'webgpu', module: '@laxconv/webgpu', options: {}, needsAdapter: true },
];
