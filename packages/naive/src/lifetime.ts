/** From creation to `dispose`: what is disposed, or was made by something that is, cannot be used. */
import { refuse } from '@laxconv/api/backend';

/** One object's lifetime. It ends with its own `end` or with its parent's, whichever comes first. */
export class Lifetime {
  readonly #what: string;
  readonly #parent: Lifetime | undefined;
  #ended = false;

  constructor(what: string, parent?: Lifetime) {
    this.#what = what;
    this.#parent = parent;
  }

  /** Idempotent. */
  end(): void {
    this.#ended = true;
  }

  /** @throws LaxconvError (RuntimeError, `instance/disposed`) after the end */
  check(op: string): void {
    if (this.#ended)
      throw refuse('instance/disposed', `${this.#what} has been disposed of`, {
        op,
        argument: 'this',
      });
    this.#parent?.check(op);
  }
}
