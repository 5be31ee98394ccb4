/**
 * What the calling thread and the workers tell each other, as 32-bit words in shared memory. One step at a time is open: its chunks are
 * claimed by counting down to 0, whoever comes first, and it is over when none is pending. So a worker may join at any moment, one that
 * never joins is not waited for, and between two steps nobody meets anybody.
 *
 * A claim counts down, and does not up to a limit, because then one atomic word says both which chunk and whether there is one: a worker
 * that comes late finds nothing, or a chunk of the next step, never a chunk that is not there. What describes the step is written before
 * its chunks are, and stays as it is until its last claimed chunk is done.
 */
import type { Kernel } from '../program/step.ts';

/** A cache line, in words: what different threads write at the same time lies on different ones. */
const LINE = 16;

/** Where each word lies. */
export const WORD = {
  /** Chunks that nobody has claimed; 0 or less when there is none. */
  unclaimed: 0,
  /** Chunks that are not done. */
  pending: LINE,
  /** Counts the calls to wake up, so that none is missed. */
  calls: 2 * LINE,
  sleepers: 2 * LINE + 1,
  /** How the calling thread waits for the last chunk: see WAITING. */
  waiting: 3 * LINE,
  /** 1 when a kernel has thrown. */
  failed: 3 * LINE + 1,
  /** The step. */
  kernel: 4 * LINE,
  parameters: 4 * LINE + 1,
  workspace: 4 * LINE + 2,
  scratch: 4 * LINE + 3,
  scratchStride: 4 * LINE + 4,
  units: 4 * LINE + 5,
  grain: 4 * LINE + 6,
  chunks: 4 * LINE + 7,
  /** From here on one line for each thread: 1 while it has a chunk. */
  busy: 5 * LINE,
} as const;

/** How the calling thread waits: it looks, it sleeps until notified, or its event loop goes on until a message comes. */
export const WAITING = { no: 0, asleep: 1, forMessage: 2 } as const;

/** The control words of a pool of `threads`. */
export function controlWords(threads: number): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(4 * (WORD.busy + threads * LINE)));
}

/** Where `thread` says that it has a chunk. */
export function busyWord(thread: number): number {
  return WORD.busy + thread * LINE;
}

/** Runs chunks of the open step until none is left unclaimed; 'last' when it has done the last one that was pending. */
export function takePart(control: Int32Array, kernels: readonly Kernel[], thread: number): 'last' | 'done' {
  const busy = busyWord(thread);
  let part: 'last' | 'done' = 'done';
  Atomics.store(control, busy, 1);
  while (Atomics.load(control, WORD.unclaimed) > 0) {
    const left = Atomics.sub(control, WORD.unclaimed, 1);
    if (left <= 0) break;
    runChunk(control, kernels, thread, control[WORD.chunks] - left);
    part = Atomics.sub(control, WORD.pending, 1) === 1 ? 'last' : 'done';
  }
  Atomics.store(control, busy, 0);
  return part;
}

function runChunk(control: Int32Array, kernels: readonly Kernel[], thread: number, chunk: number): void {
  const grain = control[WORD.grain];
  const from = chunk * grain;
  const to = Math.min(from + grain, control[WORD.units]);
  // Addresses wrap to signed words on their way through here, as they do in WebAssembly.
  const scratch = control[WORD.scratch] + thread * control[WORD.scratchStride];
  try {
    kernels[control[WORD.kernel]](control[WORD.parameters], control[WORD.workspace], scratch, from, to);
  } catch {
    // The chunk counts as done, so that nobody waits for it; the calling thread sees what happened.
    Atomics.store(control, WORD.failed, 1);
  }
}
