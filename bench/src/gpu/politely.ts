/**
 * Waiting for a GPU in Node. Dawn's binding polls from the event loop as fast as that turns while a promise is pending; where the adapter
 * is the CPU itself, that takes a core from the kernels that are waited for (a 3×3 layer on lavapipe: 21 ms, and 11 ms when waited for so).
 */

/** ms of sleep between two turns of the event loop: long against a turn, short against a kernel that is worth timing. */
const SLEEP_MS = 0.3;

/** What the promise gives; until then this thread sleeps for most of the time. */
export async function politely<T>(promise: Promise<T>): Promise<T> {
  // Browsers wait without polling, and have neither of the two that follow.
  if (typeof setImmediate !== 'function') return promise;
  const nobody = new Int32Array(new SharedArrayBuffer(4));
  const settling = { settled: false };
  const settle = (): void => void (settling.settled = true);
  promise.then(settle, settle);
  while (!settling.settled) {
    Atomics.wait(nobody, 0, 0, SLEEP_MS);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return promise;
}
