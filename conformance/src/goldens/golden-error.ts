/** What is wrong with a file of the goldens: missing, truncated, changed, or not what its schema says. */

/** The goldens cannot be trusted: nothing is compared with them. */
export class GoldenError extends Error {
  /** Relative to the folder of the goldens, such as `'data/padding.f4.npy'`. */
  readonly file: string;

  constructor(file: string, message: string, cause?: unknown) {
    super(`goldens/${file}: ${message}`, cause === undefined ? undefined : { cause });
    this.name = 'GoldenError';
    this.file = file;
  }
}
