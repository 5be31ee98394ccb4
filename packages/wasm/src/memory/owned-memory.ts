/** What one owner has allocated, freed together: the tables and weights of a bound convolution. */
import { PARAMETERS, type ParameterBlock, type ParametersOf } from '../program/parameters.ts';
import type { Heap } from './heap.ts';
import { outOfMemory } from './out-of-memory.ts';

/** Allocations with one end. */
export class OwnedMemory {
  readonly heap: Heap;
  readonly #addresses: number[] = [];

  constructor(heap: Heap) {
    this.heap = heap;
  }

  /** The address of `bytes` bytes. */
  allocate(bytes: number): number {
    const address = this.heap.allocate(bytes);
    this.#addresses.push(address);
    return address;
  }

  /** The address of these 32-bit words, signed or not. What does not fit one counts bytes that cannot be there, and is refused. */
  words(values: ArrayLike<number>): number {
    for (let index = 0; index < values.length; index++) {
      if (!(values[index] >= -(2 ** 31) && values[index] < 2 ** 32)) throw outOfMemory(values[index]);
    }
    const address = this.allocate(4 * values.length);
    this.heap.words.set(values, address / 4);
    return address;
  }

  /** The address of these real numbers, of 4 or 8 bytes each. */
  reals(bytes: number, values: ArrayLike<number>): number {
    const address = this.allocate(bytes * values.length);
    const { buffer } = this.heap.memory;
    const view = bytes === 4 ? new Float32Array(buffer, address, values.length) : new Float64Array(buffer, address, values.length);
    view.set(values);
    return address;
  }

  /** The address of a parameter block. */
  parameters<B extends ParameterBlock>(block: B, values: ParametersOf<B>): number {
    const names: readonly (keyof ParametersOf<B>)[] = PARAMETERS[block];
    return this.words(names.map((name) => values[name]));
  }

  /** Frees all of it. Idempotent. */
  free(): void {
    for (const address of this.#addresses.splice(0)) this.heap.free(address);
  }
}
