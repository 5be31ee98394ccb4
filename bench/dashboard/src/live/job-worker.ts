/** The page's end: a worker for one job. It is told to stop, and ended where it does not. */
import type { ReadGolden } from '@laxconv/conformance';
import { messageOf } from '../../../src/format/message-of.ts';
import type { JobContext, LiveJob } from './live-job.ts';
import type { AnyResult } from './result-text.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

/** A worker must say within this time that it listens: it only reads a script that is there already. */
const START_MS = 10_000;
/** One that was told to stop has this long to come back with what it has done. */
export const STOP_MS = 2000;

/** The worker was ended, because it did not stop when it was told to. */
export class DidNotStop extends Error {
  constructor() {
    super(`it did not stop within ${STOP_MS / 1000} s of being told to, and was ended`);
    this.name = 'DidNotStop';
  }
}

/** A started worker, once it listens. Rejects where none can be started. */
export async function startJobWorker(start: () => Worker): Promise<Worker> {
  const worker = start();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(() => reject(new Error(`it was not there within ${START_MS / 1000} s`)), START_MS);
  const ready = (): void => resolve();
  const failed = (event: ErrorEvent): void => {
    event.preventDefault();
    reject(new Error(event.message || 'the browser refused it'));
  };
  worker.addEventListener('message', ready, { once: true });
  worker.addEventListener('error', failed);
  try {
    await promise;
    return worker;
  } catch (error) {
    worker.terminate();
    throw error;
  } finally {
    clearTimeout(timer);
    worker.removeEventListener('error', failed);
  }
}

/** The result of `job`, which runs in `worker`; afterwards the worker is gone. Rejects with DidNotStop, or where nothing could be run. */
export async function runInWorker(worker: Worker, job: LiveJob, { read, signal, tell }: JobContext): Promise<AnyResult> {
  const { promise, resolve, reject } = Promise.withResolvers<AnyResult>();
  const say = (message: ToWorker, transfer: Transferable[] = []): void => worker.postMessage(message, transfer);
  const cancel = (): void => {
    say({ type: 'cancel' });
    timer = setTimeout(() => reject(new DidNotStop()), STOP_MS);
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  worker.addEventListener('message', ({ data: message }: MessageEvent<FromWorker>) => {
    switch (message.type) {
      case 'ready':
        return;
      case 'golden':
        void bring(message.path, read, say);
        return;
      case 'event':
        tell(message.event);
        return;
      case 'result':
        resolve(message.result);
        return;
      case 'failed':
        reject(new Error(message.reason));
    }
  });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    reject(new Error(event.message));
  });
  try {
    say({ type: 'run', job });
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel, { once: true });
    return await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
    worker.terminate();
  }
}

async function bring(path: string, read: ReadGolden, say: (message: ToWorker, transfer?: Transferable[]) => void): Promise<void> {
  try {
    // A copy: what the page has is a view of a whole pack, all of which would go along.
    const bytes = new Uint8Array(await read(path));
    say({ type: 'golden', path, bytes }, [bytes.buffer]);
  } catch (error) {
    say({ type: 'no golden', path, reason: messageOf(error) });
  }
}
