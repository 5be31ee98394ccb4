/** How much of a step one claim takes: enough that claiming does not show, little enough that nobody waits long for the last one. */
import type { Step } from '../program/step.ts';

/** Below so many microseconds a step is over before a worker has woken up. */
const WORTH_SHARING = 50;
/** A claim and its bookkeeping take about 0.2 µs. */
const LEAST_CHUNK = 12;
/** So that a thread that was interrupted leaves its share to the others; and a hang can be told from work. */
const LONGEST_CHUNK = 10_000;
const CHUNKS_PER_THREAD = 12;

/** Units of a chunk of `step` among `threads`; all of them where sharing does not pay. */
export function grainOf({ units, cost = 0 }: Step, threads: number): number {
  if (threads === 1 || units === 1 || cost < WORTH_SHARING) return units;
  const chunks = Math.min(Math.max(threads * CHUNKS_PER_THREAD, cost / LONGEST_CHUNK), cost / LEAST_CHUNK);
  return Math.max(1, Math.round(units / chunks));
}

/** Microseconds of a byte that goes into or out of shared memory, beyond what it costs in memory of one's own: V8 copies it word by word. */
const SHARED_BYTE = 5e-5;
/** Of what threads could save at best, so much is saved. */
const SAVED = 0.8;

/** Whether a problem that takes `cost` microseconds and brings so many bytes in and out is faster in shared memory on several threads. */
export function isWorthThreads(cost: number, bytes: number, threads: number): boolean {
  return cost >= WORTH_SHARING && cost * (1 - 1 / threads) * SAVED > bytes * SHARED_BYTE + LEAST_CHUNK;
}
