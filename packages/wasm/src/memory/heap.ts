/** The linear memory and what of it is in use: first fit over a sorted list of free blocks, which join again when freed. */
import { outOfMemory } from './out-of-memory.ts';

/** Every address is a multiple of this: a cache line. */
const ALIGNMENT = 64;
const PAGE = 65536;
/** Below this address lies nothing of ours, so that 0 is never an address. */
const BASE = 1024;

interface Block {
  address: number;
  bytes: number;
}

/** Rounds up to the alignment of addresses. */
export function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}

/** A WebAssembly.Memory with its allocator. Views are taken anew when the memory has grown. */
export class Heap {
  readonly memory: WebAssembly.Memory;
  readonly #free: Block[] = [];
  readonly #used = new Map<number, number>();
  #end: number;
  #buffer: ArrayBufferLike;
  #bytes: Uint8Array;
  #words: Int32Array;

  constructor(memory: WebAssembly.Memory) {
    this.memory = memory;
    this.#buffer = memory.buffer;
    this.#end = this.#buffer.byteLength;
    this.#bytes = new Uint8Array(this.#buffer);
    this.#words = new Int32Array(this.#buffer);
    this.#free.push({ address: BASE, bytes: this.#end - BASE });
  }

  /** The memory's buffer. Valid until the next allocation. Nobody else lets the memory grow, so it need not be asked each time. */
  get buffer(): ArrayBufferLike {
    return this.#buffer;
  }

  /** The whole memory, by bytes. Valid until the next allocation. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** The whole memory, by 32-bit words. Valid until the next allocation. */
  get words(): Int32Array {
    return this.#words;
  }

  /** Bytes in use, for tests and `info`. */
  get usedBytes(): number {
    return [...this.#used.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  /**
   * The address of `bytes` bytes, whatever they hold.
   * @throws LaxconvRuntimeError (`memory/exhausted`) when there is no room
   */
  allocate(bytes: number): number {
    const size = aligned(Math.max(1, bytes));
    let index = this.#free.findIndex((block) => block.bytes >= size);
    if (index < 0) index = this.#grow(size);
    const block = this.#free[index];
    const { address } = block;
    block.address += size;
    block.bytes -= size;
    if (block.bytes === 0) this.#free.splice(index, 1);
    this.#used.set(address, size);
    return address;
  }

  /** Gives back what `allocate` gave. */
  free(address: number): void {
    const bytes = this.#used.get(address);
    if (bytes === undefined) return;
    this.#used.delete(address);
    let low = 0;
    let high = this.#free.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#free[middle].address < address) low = middle + 1;
      else high = middle;
    }
    this.#free.splice(low, 0, { address, bytes });
    this.#join(low);
    this.#join(low - 1);
  }

  /** Joins the free block at `index` with the next where they touch. */
  #join(index: number): void {
    const block = this.#free[index];
    const next = this.#free[index + 1];
    if (block === undefined || next === undefined || block.address + block.bytes !== next.address) return;
    block.bytes += next.bytes;
    this.#free.splice(index + 1, 1);
  }

  /** Makes room for `size` bytes at the end; the index of the block that has it. */
  #grow(size: number): number {
    const last = this.#free.at(-1);
    const open = last !== undefined && last.address + last.bytes === this.#end ? last.bytes : 0;
    const pages = Math.ceil((size - open) / PAGE);
    try {
      this.memory.grow(pages);
    } catch (cause) {
      throw outOfMemory(size, cause);
    }
    this.#buffer = this.memory.buffer;
    this.#bytes = new Uint8Array(this.#buffer);
    this.#words = new Int32Array(this.#buffer);
    if (open > 0 && last !== undefined) last.bytes += pages * PAGE;
    else this.#free.push({ address: this.#end, bytes: pages * PAGE });
    this.#end += pages * PAGE;
    return this.#free.length - 1;
  }
}
