/** The allocator: blocks never overlap, all comes back, growth keeps what is there, and too much is a typed error that costs nothing. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Heap } from './heap.ts';
import { plainMemory, sharedMemory } from './linear-memory.ts';
import { OwnedMemory } from './owned-memory.ts';
import { Workspace } from './workspace.ts';

const sizes = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 300, max: 200_000 }));
const actions = fc.array(fc.record({ size: sizes, free: fc.boolean(), which: fc.nat() }), { minLength: 1, maxLength: 120 });
const exhausted = expect.objectContaining({ rule: 'memory/exhausted', jaxError: 'RuntimeError' }) as unknown;

function errorOf(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}

describe.each([
  ['plain', plainMemory],
  ['shared', sharedMemory],
])('a heap in %s memory', (_kind, memory) => {
  test('keeps blocks apart and whole, whatever is allocated and freed', () => {
    fc.assert(
      fc.property(actions, (steps) => {
        const heap = new Heap(memory());
        const blocks: { address: number; size: number; mark: number }[] = [];
        steps.forEach(({ size, free, which }, step) => {
          if (free && blocks.length > 0) {
            const [{ address }] = blocks.splice(which % blocks.length, 1);
            heap.free(address);
          } else {
            const address = heap.allocate(size);
            expect(address % 64).toBe(0);
            expect(address).toBeGreaterThan(0);
            const mark = (step % 255) + 1;
            heap.bytes.fill(mark, address, address + size);
            blocks.push({ address, size, mark });
          }
          for (const block of blocks) {
            expect(heap.bytes.subarray(block.address, block.address + block.size).every((byte) => byte === block.mark)).toBe(true);
          }
        });
        for (const { address } of blocks) heap.free(address);
        expect(heap.usedBytes).toBe(0);
        // All free blocks have joined: what was in use at once fits into one block without growth.
        const { byteLength } = heap.memory.buffer;
        heap.allocate(byteLength - 1024);
        expect(heap.memory.buffer.byteLength).toBe(byteLength);
      }),
      { numRuns: 60 },
    );
  });

  test.each([2 ** 31, 2 ** 32 - 65536, 2 ** 32, 2 ** 33, 2 ** 40, 2 ** 53, Infinity])(
    'refuses %s bytes beside others, and goes on',
    (bytes) => {
      const heap = new Heap(memory());
      const first = heap.allocate(2 ** 20);
      if (bytes > 2 ** 31) expect(errorOf(() => heap.allocate(bytes))).toEqual(exhausted);
      else heap.free(heap.allocate(bytes));
      expect(heap.usedBytes).toBe(2 ** 20);
      heap.bytes.fill(1, first, first + 2 ** 20);
      expect(heap.allocate(64)).toBeGreaterThan(0);
    },
  );

  test('frees twice, and what is not its own, without harm', () => {
    const heap = new Heap(memory());
    const address = heap.allocate(100);
    heap.free(address);
    heap.free(address);
    heap.free(0);
    heap.free(12_345);
    expect(heap.usedBytes).toBe(0);
    expect(heap.allocate(100)).toBe(address);
  });
});

describe('a workspace', () => {
  test('moves when it grows, and has nothing left where there is no room', () => {
    const heap = new Heap(plainMemory());
    const workspace = new Workspace(heap);
    const small = workspace.reserve(100);
    expect(workspace.reserve(50)).toBe(small);
    workspace.reserve(100_000);
    expect(heap.usedBytes).toBe(100_032);
    expect(errorOf(() => workspace.reserve(2 ** 33))).toEqual(exhausted);
    expect([heap.usedBytes, workspace.release()]).toEqual([0, 0]);
    const other = heap.allocate(200_000);
    // Not the other's block, which lies where the workspace was.
    workspace.release();
    expect([heap.usedBytes, workspace.reserve(100) === other]).toEqual([200_000, false]);
  });
});

test('owned memory is freed together, once', () => {
  const heap = new Heap(plainMemory());
  const owned = new OwnedMemory(heap);
  const words = owned.words([1, -1, 2 ** 32 - 1]);
  expect(Array.from(heap.words.subarray(words / 4, words / 4 + 3))).toEqual([1, -1, -1]);
  owned.allocate(1000);
  owned.free();
  owned.free();
  expect(heap.usedBytes).toBe(0);
});

test('a word that does not fit is refused, and nothing is allocated for it', () => {
  const heap = new Heap(plainMemory());
  const owned = new OwnedMemory(heap);
  for (const word of [2 ** 32, -(2 ** 31) - 1, NaN, Infinity]) {
    expect(errorOf(() => owned.words([1, word]))).toEqual(exhausted);
  }
  const address = owned.words([2 ** 32 - 1, -(2 ** 31)]);
  expect([...heap.words.subarray(address / 4, address / 4 + 2)].map((word) => word >>> 0)).toEqual([2 ** 32 - 1, 2 ** 31]);
});
