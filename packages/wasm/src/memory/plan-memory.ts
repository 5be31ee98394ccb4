/** What all bindings of a plan share: made by the first that needs it, freed with the plan. */
import type { Heap } from './heap.ts';
import { OwnedMemory } from './owned-memory.ts';

/** Values that lie in memory, each made once. */
export class PlanMemory {
  readonly #heap: Heap;
  readonly #made = new Map<object, { readonly memory: OwnedMemory; readonly value: unknown }>();

  constructor(heap: Heap) {
    this.#heap = heap;
  }

  /** What `make` gave for `key`. Where it fails, nothing is kept. */
  once<T>(key: object, make: (memory: OwnedMemory) => T): T {
    const known = this.#made.get(key);
    if (known !== undefined) return known.value as T;
    const memory = new OwnedMemory(this.#heap);
    try {
      const value = make(memory);
      this.#made.set(key, { memory, value });
      return value;
    } catch (error) {
      memory.free();
      throw error;
    }
  }

  /** Frees all of it. Idempotent. */
  free(): void {
    for (const { memory } of this.#made.values()) memory.free();
    this.#made.clear();
  }
}
