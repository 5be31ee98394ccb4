/**
 * From creation to `dispose`: what is disposed of, or was made by something that is, cannot be used. Its memory is freed when its
 * started runs are done.
 */
import { refuse } from '../errors.ts';

/** One object's lifetime. It ends with its own `end` or with its parent's, whichever comes first. */
export class Lifetime {
  readonly #what: string;
  readonly #parent: Lifetime | undefined;
  readonly #children = new Set<Lifetime>();
  readonly #free: () => void | Promise<void>;
  #running = 0;
  #isFree = false;
  #end: PromiseWithResolvers<void> | undefined;

  /** `free` is called once, when the end was asked for, nothing is running, and all that was made within is being freed. */
  constructor(what: string, free: () => void | Promise<void>, parent?: Lifetime) {
    this.#what = what;
    this.#free = free;
    this.#parent = parent;
    if (parent === undefined) return;
    parent.#children.add(this);
    // Made by what was still running when its parent's end was asked for: not here, for whoever calls is not ready to be freed.
    if (parent.#end !== undefined) void Promise.resolve().then(() => this.#endWithParent());
  }

  /** Idempotent. From now on nothing starts; settles when all is freed. */
  end(): Promise<void> {
    if (this.#end === undefined) {
      this.#end = Promise.withResolvers();
      for (const child of this.#children) child.#endWithParent();
      this.#freeWhenDone();
    }
    return this.#end.promise;
  }

  /** Nobody waits for it by itself: how it fails is told to whoever ends it, too. */
  #endWithParent(): void {
    this.end().catch(() => undefined);
  }

  /** @throws LaxconvRuntimeError (`instance/disposed`) after its end, or that of what it was made by, was asked for */
  check(op: string): void {
    if (this.#end !== undefined) throw refuse('instance/disposed', `${this.#what} has been disposed of`, { op, argument: 'this' });
    this.#parent?.check(op);
  }

  /** A run starts; `leave` must follow. Throws as `check` does. */
  enter(op: string): void {
    this.check(op);
    this.#running++;
  }

  /** A run is done. */
  leave(): void {
    this.#running--;
    if (this.#end !== undefined) this.#freeWhenDone();
  }

  /** Runs `work`, which the end then waits for. Rejects after the end was asked for. */
  async during<T>(op: string, work: () => T | Promise<T>): Promise<T> {
    this.enter(op);
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  #freeWhenDone(): void {
    if (this.#end === undefined || this.#isFree || this.#running > 0 || this.#children.size > 0) return;
    this.#isFree = true;
    // What is thrown is the end's, as what is rejected is.
    this.#end.resolve((async () => this.#free())());
    if (this.#parent === undefined) return;
    this.#parent.#children.delete(this);
    this.#parent.#freeWhenDone();
  }
}
