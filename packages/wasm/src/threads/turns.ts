/** Runs take turns at the workspace, in the order in which they came. */

/** One turn at a time. */
export class Turns {
  #isTaken = false;
  readonly #waiting: (() => void)[] = [];

  /** True while somebody has the turn. */
  get isTaken(): boolean {
    return this.#isTaken;
  }

  /** Takes the turn: at once, or when the promise settles. `give` must follow. */
  take(): Promise<void> | undefined {
    if (this.#isTaken) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#isTaken = true;
    return undefined;
  }

  /** Gives the turn on to the next. */
  give(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#isTaken = false;
    else next();
  }
}
