/** A worker's life: chunks while there are some, then a moment of looking out for more, then sleep. It never returns. */
import { takePart, WAITING, WORD } from './control.ts';
import { kernelTable } from './kernel-table.ts';

/** What a worker gets when it starts. */
export interface Boot {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly control: Int32Array<SharedArrayBuffer>;
  readonly thread: number;
}

/** What a worker tells the calling thread: that it is there, and that the last chunk is done, where that is waited for. */
export type Message = 'ready' | 'done';

/** Two runs in a row should find the workers awake; longer than this, looking out would take the core from others. */
const LOOKOUT_MS = 0.2;
const LOOKS = 200;

/** Serves until the worker is terminated. */
export function serve({ module, memory, control, thread }: Boot, post: (message: Message) => void): never {
  const { kernels } = kernelTable(module, memory);
  post('ready');
  for (;;) {
    if (takePart(control, kernels, thread) === 'last') announce(control, post);
    if (!lookOut(control)) sleep(control);
  }
}

function announce(control: Int32Array, post: (message: Message) => void): void {
  const waiting = Atomics.load(control, WORD.waiting);
  if (waiting === WAITING.asleep) Atomics.notify(control, WORD.pending);
  else if (waiting === WAITING.forMessage) post('done');
}

/** True when there is a chunk. */
function lookOut(control: Int32Array): boolean {
  const end = performance.now() + LOOKOUT_MS;
  do {
    for (let look = 0; look < LOOKS; look++) if (Atomics.load(control, WORD.unclaimed) > 0) return true;
  } while (performance.now() < end);
  return false;
}

function sleep(control: Int32Array): void {
  Atomics.add(control, WORD.sleepers, 1);
  // The count of calls first, the chunks next: who opens a step stores its chunks first, and calls next where somebody sleeps.
  const calls = Atomics.load(control, WORD.calls);
  if (Atomics.load(control, WORD.unclaimed) <= 0) Atomics.wait(control, WORD.calls, calls);
  Atomics.sub(control, WORD.sleepers, 1);
}
