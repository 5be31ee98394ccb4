/** Started calls finish; calls after the end reject; the end waits for the former. */
import { refuse } from '../errors.ts';

/** From the making of something to the end of its disposal. */
export class Lifetime {
  readonly #parent: Lifetime | undefined;
  readonly #finish: () => Promise<void>;
  #running = 0;
  #whenIdle: (() => void) | undefined;
  readonly #children = new Set<Lifetime>();
  #ended: Promise<void> | undefined;

  /** `finish` runs once, when the end was asked for and every started call is done. */
  constructor(finish: () => Promise<void>, parent?: Lifetime) {
    this.#finish = finish;
    this.#parent = parent;
  }

  /** A lifetime within this one: it ends on its own or with this one, before this one's `finish`. */
  child(finish: () => Promise<void>): Lifetime {
    const child = new Lifetime(async () => {
      this.#children.delete(child);
      await finish();
    }, this);
    this.#children.add(child);
    return child;
  }

  /** Throws when the end was asked for, of this or of what it is a part of. */
  check(op: string): void {
    this.#parent?.check(op);
    if (this.#ended === undefined) return;
    throw refuse('instance/disposed', 'was called after dispose', { op, argument: 'instance' });
  }

  /** Runs `action` as a call named `op`. Never throws: failures reject. */
  async during<T>(op: string, action: () => Promise<T>): Promise<T> {
    this.check(op);
    this.#running++;
    try {
      return await action();
    } finally {
      this.#running--;
      if (this.#running === 0) this.#whenIdle?.();
    }
  }

  /** Idempotent. */
  end(): Promise<void> {
    this.#ended ??= this.#finishWhenDone();
    return this.#ended;
  }

  async #finishWhenDone(): Promise<void> {
    if (this.#running > 0) await new Promise<void>((resolve) => (this.#whenIdle = resolve));
    try {
      await allDone([...this.#children].map((child) => child.end()));
    } finally {
      await this.#finish();
    }
  }
}

/** Waits for all of them, also where one fails; then fails with the first failure. */
export async function allDone<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
