/**
 * The backends of this repository, in one place: `npm start` runs the conformance suite on each of them. A new backend is one row.
 */

/** A backend as the conformance CLI is told about it. */
export interface RepositoryBackend {
  /** Also the name of its expectations file, `conformance/expectations/<name>.jsonc`. */
  readonly name: string;
  /** What `--backend` gets, resolved from the conformance package. */
  readonly module: string;
  /** What `--backend-options` gets. */
  readonly options: Readonly<Record<string, unknown>>;
}

export const BACKENDS: readonly RepositoryBackend[] = [{ name: 'naive', module: '@laxconv/naive', options: {} }];
