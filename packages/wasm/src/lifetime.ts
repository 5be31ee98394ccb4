/** From creation to `dispose`: what is disposed of, or was made by something that is, cannot be used, and its memory is freed. */
import { refuse } from '@laxconv/api/backend';

/** One object's lifetime. It ends with its own `end` or with its parent's, whichever comes first. */
export class Lifetime {
  readonly #what: string;
  readonly #parent: Lifetime | undefined;
  readonly #children = new Set<Lifetime>();
  readonly #free: () => void;
  #ended = false;

  constructor(what: string, free: () => void, parent?: Lifetime) {
    this.#what = what;
    this.#free = free;
    this.#parent = parent;
    if (parent !== undefined) parent.#children.add(this);
  }

  /** Idempotent. Ends what it made first. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    if (this.#parent !== undefined) this.#parent.#children.delete(this);
    for (const child of this.#children) child.end();
    this.#free();
  }

  /** @throws LaxconvRuntimeError (`instance/disposed`) after the end */
  check(op: string): void {
    if (this.#ended) throw refuse('instance/disposed', `${this.#what} has been disposed of`, { op, argument: 'this' });
  }
}
