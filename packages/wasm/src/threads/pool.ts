/** The workers of a machine, and steps shared with them. */
import { refuse, type LaxconvError } from '@laxconv/api/backend';
import type { Step } from '../program/step.ts';
import { busyWord, controlWords, takePart, WAITING, WORD } from './control.ts';
import type { KernelTable } from './kernel-table.ts';
import type { Message } from './serve.ts';
import { startWorker, type StartWorker, type WorkerHandle } from './start-worker.ts';

/** Looks at the last chunk before sleeping for it … */
const LOOKS = 3000;
/** … for so long, before the event loop goes on. */
const SLEEP_MS = 2;
/** A worker is lost when no chunk gets done for so long, and so many times as long as one should take; how often that is looked at. */
const STALL_MS = 4000;
const STALL_CHUNKS = 50;
const WATCH_MS = 250;
/** A page waits so long for its workers to come up before it goes on without them. */
const START_MS = 2000;
/** A worker that ends before it was ready is started again so many times in all. */
const FAILED_STARTS = 3;

interface Member {
  readonly thread: number;
  readonly handle: WorkerHandle;
  isReady: boolean;
}

/** What a pool is made of. */
export interface PoolParts {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly table: KernelTable;
  /** The calling thread and the workers. */
  readonly threads: number;
  /** Tests give their own. */
  readonly start?: StartWorker;
}

/** Workers that start when the first step is worth it, and again when they were lost. */
export class Pool {
  readonly #parts: PoolParts;
  readonly #start: StartWorker;
  #control: Int32Array<SharedArrayBuffer>;
  #members = new Map<number, Member>();
  #failedStarts = 0;
  #reason: string | undefined;
  #wait: { readonly resolve: () => void; readonly reject: (error: LaxconvError) => void } | undefined;
  #isEnded = false;
  #starting: PromiseWithResolvers<void> | undefined;

  constructor(parts: PoolParts) {
    this.#parts = parts;
    this.#start = parts.start ?? startWorker;
    this.#control = controlWords(parts.threads);
  }

  /** Why there are no workers; undefined while there are, or none was needed yet. */
  get reason(): string | undefined {
    return this.#reason;
  }

  /** Starts the workers that are missing. They need not be waited for. */
  warm(): void {
    if (this.#members.size === this.#parts.threads - 1 || this.#isEnded) return;
    for (let thread = 1; thread < this.#parts.threads && this.#failedStarts < FAILED_STARTS; thread++) {
      if (!this.#members.has(thread)) this.#startWorker(thread);
    }
  }

  /** Settles when every worker that was started is ready or lost. Undefined where there is nothing to wait for. */
  started(): Promise<void> | undefined {
    if (this.#haveStarted()) return undefined;
    if (this.#starting === undefined) {
      this.#starting = Promise.withResolvers();
      setTimeout(() => this.#goOn(), START_MS);
    }
    return this.#starting.promise;
  }

  /** Runs a step in chunks of `grain` units with the workers; undefined when it is done, a promise when a worker is still at it. */
  share(
    { kernel, parameters, units, cost = 0 }: Step,
    grain: number,
    workspace: number,
    scratch: number,
    scratchStride: number,
  ): Promise<void> | undefined {
    this.warm();
    const control = this.#control;
    const chunks = Math.ceil(units / grain);
    control[WORD.kernel] = this.#parts.table.numberOf.get(kernel) ?? -1;
    control[WORD.parameters] = parameters;
    control[WORD.workspace] = workspace;
    control[WORD.scratch] = scratch;
    control[WORD.scratchStride] = scratchStride;
    control[WORD.units] = units;
    control[WORD.grain] = grain;
    control[WORD.chunks] = chunks;
    Atomics.store(control, WORD.waiting, WAITING.no);
    Atomics.store(control, WORD.pending, chunks);
    Atomics.store(control, WORD.unclaimed, chunks);
    if (Atomics.load(control, WORD.sleepers) > 0) {
      Atomics.add(control, WORD.calls, 1);
      Atomics.notify(control, WORD.calls, chunks - 1);
    }
    takePart(control, this.#parts.table.kernels, 0);
    if (this.#isDoneSoon()) return this.#check();
    return this.#settled(STALL_MS + (STALL_CHUNKS * cost) / chunks / 1000);
  }

  /** Ends the workers. Idempotent. */
  async end(): Promise<void> {
    this.#isEnded = true;
    await this.#dismiss();
  }

  #startWorker(thread: number): void {
    const { module, memory } = this.#parts;
    try {
      const handle = this.#start(
        { module, memory, control: this.#control, thread },
        { message: (message) => this.#heard(member, message), end: (reason) => this.#lost(member, reason) },
      );
      const member: Member = { thread, handle, isReady: false };
      this.#members.set(thread, member);
    } catch (error) {
      this.#failedStart(error instanceof Error ? error.message : String(error));
    }
  }

  #heard(member: Member, message: Message): void {
    if (this.#members.get(member.thread) !== member) return;
    if (message === 'ready') {
      member.isReady = true;
      this.#failedStarts = 0;
      this.#reason = undefined;
      if (this.#haveStarted()) this.#goOn();
    } else if (Atomics.load(this.#control, WORD.pending) === 0) this.#wait?.resolve();
  }

  #haveStarted(): boolean {
    for (const { isReady } of this.#members.values()) if (!isReady) return false;
    return true;
  }

  #goOn(): void {
    this.#starting?.resolve();
    this.#starting = undefined;
  }

  #failedStart(reason: string): void {
    this.#failedStarts++;
    this.#reason = `a worker did not start: ${reason}`;
  }

  #lost(member: Member, reason: string): void {
    if (this.#members.get(member.thread) !== member) return;
    this.#members.delete(member.thread);
    if (!member.isReady) this.#failedStart(reason);
    if (this.#haveStarted()) this.#goOn();
    const hadChunk = Atomics.exchange(this.#control, busyWord(member.thread), 0) === 1;
    if (hadChunk && Atomics.load(this.#control, WORD.pending) > 0) void this.#fail(`worker ${member.thread} has died: ${reason}`);
  }

  /** True when the last chunk is done after a short wait. */
  #isDoneSoon(): boolean {
    const control = this.#control;
    for (let look = 0; look < LOOKS; look++) if (Atomics.load(control, WORD.pending) === 0) return true;
    Atomics.store(control, WORD.waiting, WAITING.asleep);
    try {
      const end = performance.now() + SLEEP_MS;
      for (;;) {
        const pending = Atomics.load(control, WORD.pending);
        const left = end - performance.now();
        if (pending === 0) return true;
        if (left <= 0) return false;
        Atomics.wait(control, WORD.pending, pending, left);
      }
    } catch {
      // The main thread of a browser may not sleep.
      return false;
    }
  }

  #check(): undefined {
    if (Atomics.exchange(this.#control, WORD.failed, 0) === 0) return undefined;
    throw failure('a kernel has failed');
  }

  /** Settles when the last chunk is done, or the worker that has it is lost. */
  async #settled(stallMs: number): Promise<void> {
    const control = this.#control;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#wait = { resolve, reject };
    for (const { handle } of this.#members.values()) handle.hold(true);
    Atomics.store(control, WORD.waiting, WAITING.forMessage);
    let pending = Atomics.load(control, WORD.pending);
    if (pending === 0) resolve();
    let since = performance.now();
    const watch = setInterval(() => {
      const now = Atomics.load(control, WORD.pending);
      if (now === 0) resolve();
      if (now !== pending) since = performance.now();
      pending = now;
      if (performance.now() - since > stallMs) void this.#fail('a worker does not answer any more');
    }, WATCH_MS);
    try {
      await promise;
    } finally {
      clearInterval(watch);
      this.#wait = undefined;
      for (const { handle } of this.#members.values()) handle.hold(false);
    }
    this.#check();
  }

  /** The open step cannot be finished: whoever waits for it hears so when no worker can write any more; then others take over. */
  async #fail(reason: string): Promise<void> {
    const wait = this.#wait;
    await this.#dismiss();
    wait?.reject(failure(reason));
  }

  async #dismiss(): Promise<void> {
    const members = [...this.#members.values()];
    this.#members = new Map();
    if (this.#haveStarted()) this.#goOn();
    // Nobody of old has these.
    this.#control = controlWords(this.#parts.threads);
    await Promise.all(members.map(({ handle }) => handle.terminate()));
  }
}

function failure(what: string): LaxconvError {
  return refuse('backend/failed', `failed: ${what}; the next call starts other workers`, {
    op: 'backend wasm: run',
    argument: 'this',
    values: { backend: 'wasm', step: 'run' },
  });
}
