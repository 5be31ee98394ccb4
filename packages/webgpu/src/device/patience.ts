/**
 * Waiting in Node. Dawn's binding asks for news at every turn of the event loop while a promise is pending, which keeps a processor busy,
 * and a driver that computes on the processors loses half of them. So while something is awaited, turns are made longer by short sleeps.
 * Elsewhere, and for adapters that are hardware, waiting is left to the platform.
 */

/** Milliseconds of a sleep. */
const NAP = 0.3;
/** Milliseconds without a sleep: what is done by then took a dozen turns of some microseconds, and a sleep between them would be all the time. */
const EAGER_MS = 1.5;

type Immediate = (callback: () => void) => unknown;

let waiting = 0;
let isNapping = false;
let since = 0;
let napper: Int32Array<SharedArrayBuffer> | undefined;

/** `promise`, awaited with sleeps in between where this is Node. */
export async function patiently<T>(promise: Promise<T>): Promise<T> {
  const { process, setImmediate: immediate } = globalThis as {
    readonly process?: { readonly versions?: { readonly node?: string } };
    readonly setImmediate?: Immediate;
  };
  if (process?.versions?.node === undefined || immediate === undefined) return promise;
  since = performance.now();
  waiting++;
  if (!isNapping) immediate(() => nap(immediate));
  isNapping = true;
  try {
    return await promise;
  } finally {
    waiting--;
  }
}

/** One chain of turns, whatever is awaited; it ends with the last of it. */
function nap(immediate: Immediate): void {
  isNapping = waiting > 0;
  if (!isNapping) return;
  if (performance.now() - since > EAGER_MS) Atomics.wait((napper ??= new Int32Array(new SharedArrayBuffer(4))), 0, 0, NAP);
  immediate(() => nap(immediate));
}
