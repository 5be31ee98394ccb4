/** Disposal as the contract has it: idempotent, what has started finishes, what comes later rejects. */
import { refuse } from '@laxconv/api/backend';

/** Of a backend, a plan of it, or what is bound to that: it ends with its own end or its parent's. */
export class Lifetime {
  readonly #op: string;
  readonly #parent: Lifetime | undefined;
  readonly #free: () => void | Promise<void>;
  readonly #children = new Set<Lifetime>();
  readonly #running = new Set<Promise<unknown>>();
  #end: Promise<void> | undefined;

  constructor(op: string, free: () => void | Promise<void>, parent?: Lifetime) {
    this.#op = op;
    this.#free = free;
    this.#parent = parent;
    if (parent !== undefined) parent.#children.add(this);
  }

  /** Runs `work`, which end() then waits for. Rejects after the end. */
  async during<T>(work: () => T | Promise<T>): Promise<T> {
    this.check();
    const running = (async () => work())();
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  /** Throws after the end. */
  check(): void {
    this.#parent?.check();
    if (this.#end !== undefined) throw refuse('instance/disposed', 'it was disposed of', { op: this.#op, argument: 'this' });
  }

  /** Waits for what runs, ends the children, and frees. */
  end(): Promise<void> {
    this.#end ??= this.#finish();
    return this.#end;
  }

  async #finish(): Promise<void> {
    await Promise.allSettled(this.#running);
    await Promise.all([...this.#children].map((child) => child.end()));
    if (this.#parent !== undefined) this.#parent.#children.delete(this);
    await this.#free();
  }
}
