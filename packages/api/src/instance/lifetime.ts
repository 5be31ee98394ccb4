/** Started calls finish; calls after the end reject; the end waits for the former. */
import { refuse } from '../errors.ts';

export class Lifetime {
  readonly #finish: () => Promise<void>;
  readonly #running = new Set<Promise<unknown>>();
  readonly #children = new Set<Lifetime>();
  #ended: Promise<void> | undefined;

  /** `finish` runs once, when the end was asked for and every started call is done. */
  constructor(finish: () => Promise<void>) {
    this.#finish = finish;
  }

  /** A lifetime within this one: it ends on its own or with this one, before this one's `finish`. */
  child(finish: () => Promise<void>): Lifetime {
    const child = new Lifetime(async () => {
      this.#children.delete(child);
      await finish();
    });
    this.#children.add(child);
    return child;
  }

  /** Throws when the end was asked for. */
  check(op: string): void {
    if (this.#ended === undefined) return;
    throw refuse('instance/disposed', 'was called after dispose', { op, argument: 'instance' });
  }

  /** Runs `action` as a call named `op`. Never throws: failures reject. */
  async during<T>(op: string, action: () => Promise<T>): Promise<T> {
    this.check(op);
    const running = action();
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  /** Idempotent. */
  end(): Promise<void> {
    this.#ended ??= this.#finishWhenDone();
    return this.#ended;
  }

  async #finishWhenDone(): Promise<void> {
    await Promise.allSettled(this.#running);
    await Promise.all([...this.#children].map((child) => child.end()));
    await this.#finish();
  }
}
