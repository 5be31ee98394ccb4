/** What is made once, when it is first asked for; and again after that failed: what failed for want of memory may do another time. */
export class Kept<T> {
  readonly #make: () => Promise<T>;
  #current: Promise<T> | undefined;

  constructor(make: () => Promise<T>) {
    this.#make = make;
  }

  /** What was made or is being made; undefined before it was asked for, and after a failure. */
  get current(): Promise<T> | undefined {
    return this.#current;
  }

  /** What is made, now or before. */
  get(): Promise<T> {
    if (this.#current !== undefined) return this.#current;
    const made = this.#make();
    this.#current = made;
    made.catch(() => {
      if (this.#current === made) this.#current = undefined;
    });
    return made;
  }
}
