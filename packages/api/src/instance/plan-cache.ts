/** The plans of one backend, by problem: bounded, least recently used first out. A plan in use is disposed of when its last user is done. */
import { isUnsupportedProblem } from '../errors.ts';
import type { Backend, ConvPlan } from '../problem/backend.ts';
import type { ConvProblem } from '../problem/problem.ts';
import { preparePlan } from './checked-plan.ts';
import { allDone } from './lifetime.ts';

const CAPACITY = 128;

interface Entry {
  readonly plan: Promise<ConvPlan>;
  users: number;
  /** The cache's clock at the last use. */
  used: number;
  evicted: boolean;
}

/** Frozen problems are written out once. */
const keys = new WeakMap<ConvProblem, string>();

function keyOf(problem: ConvProblem): string {
  let key = keys.get(problem);
  if (key === undefined) keys.set(problem, (key = JSON.stringify(problem)));
  return key;
}

/** One backend's plans. */
export class PlanCache {
  readonly backend: Backend;
  readonly #entries = new Map<string, Entry>();
  #clock = 0;

  constructor(backend: Backend) {
    this.backend = backend;
  }

  /** Runs `use` with the plan of `problem`, prepared now or before. */
  async withPlan<T>(problem: ConvProblem, use: (plan: ConvPlan) => Promise<T>): Promise<T> {
    const entry = this.#entry(problem);
    entry.users++;
    entry.used = this.#clock++;
    try {
      return await use(await entry.plan);
    } finally {
      entry.users--;
      if (entry.evicted && entry.users === 0) await releaseQuietly(entry);
    }
  }

  /** A new plan, which is the caller's own. */
  prepare(problem: ConvProblem): Promise<ConvPlan> {
    return preparePlan(this.backend, problem);
  }

  /** Disposes of every plan, once its users are done. */
  async clear(): Promise<void> {
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    await allDone(entries.map(evict));
  }

  #entry(problem: ConvProblem): Entry {
    const key = keyOf(problem);
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    if (this.#entries.size === CAPACITY) this.#evictOne();
    const entry: Entry = { plan: this.prepare(problem), users: 0, used: 0, evicted: false };
    this.#entries.set(key, entry);
    // A refusal is a fact about the problem and stays; any other failure may pass.
    entry.plan.catch((error: unknown) => {
      if (!isUnsupportedProblem(error) && this.#entries.get(key) === entry) this.#entries.delete(key);
    });
    return entry;
  }

  /** Looks through all of them: whoever needs room prepares a plan, which takes far longer. */
  #evictOne(): void {
    const [key, entry] = [...this.#entries].reduce((oldest, other) => (other[1].used < oldest[1].used ? other : oldest));
    this.#entries.delete(key);
    entry.evicted = true;
    if (entry.users === 0) void releaseQuietly(entry);
  }
}

async function evict(entry: Entry): Promise<void> {
  entry.evicted = true;
  if (entry.users === 0) await release(entry);
}

/** Neither who caused an eviction nor who last used the plan asked for its end: that it fails must not fail their calls. */
function releaseQuietly(entry: Entry): Promise<void> {
  return release(entry).catch(() => undefined);
}

async function release(entry: Entry): Promise<void> {
  const plan = await entry.plan.catch(() => undefined); // a failed prepare has nothing to dispose of
  await plan?.dispose();
}
