/** How long a run of tests will still take: by family, because a property takes a hundred times what a golden does. */

interface Spent {
  ms: number;
  done: number;
  left: number;
}

export class TimeLeft {
  readonly #families = new Map<string, Spent>();

  /** `ids` are the tests that will run. */
  constructor(ids: readonly string[]) {
    for (const id of ids) this.#of(id).left++;
  }

  /** A test has ended after `ms`. */
  ended(id: string, ms: number): void {
    const spent = this.#of(id);
    spent.ms += ms;
    spent.done++;
    spent.left--;
  }

  /** In ms; null until something has ended. A family that has not begun is taken to be as slow as the slowest that has. */
  get estimate(): number | null {
    const all = [...this.#families.values()];
    const slowest = Math.max(...all.map(meanOf));
    if (!Number.isFinite(slowest)) return null;
    return all.reduce((sum, spent) => sum + spent.left * (spent.done > 0 ? meanOf(spent) : slowest), 0);
  }

  #of(id: string): Spent {
    const family = id.slice(0, id.indexOf(':'));
    const spent = this.#families.get(family) ?? { ms: 0, done: 0, left: 0 };
    this.#families.set(family, spent);
    return spent;
  }
}

function meanOf({ ms, done }: Spent): number {
  return done === 0 ? -Infinity : ms / done;
}
