/** One block of memory that runs take in turn: operands on their way in, results on their way out. It only grows. */
import type { Heap } from './heap.ts';

/** The workspace of a machine. */
export class Workspace {
  readonly #heap: Heap;
  #address = 0;
  #bytes = 0;

  constructor(heap: Heap) {
    this.#heap = heap;
  }

  /** Where it is; valid until the next call of the others. */
  get address(): number {
    return this.#address;
  }

  /** The address of at least `bytes` bytes; valid until the next call. */
  reserve(bytes: number): number {
    if (bytes > this.#bytes) {
      // Where there is no room, nothing is left: the address may be somebody else's by then.
      this.release();
      this.#address = this.#heap.allocate(bytes);
      this.#bytes = bytes;
    }
    return this.#address;
  }

  /** Gives the block back; the bytes that it had. */
  release(): number {
    const bytes = this.#bytes;
    this.#heap.free(this.#address);
    this.#address = 0;
    this.#bytes = 0;
    return bytes;
  }
}
