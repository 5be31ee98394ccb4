/** Workers of Node and of browsers behind one face. */
import { nodeThreads } from './platform.ts';
import type { Boot, Message } from './serve.ts';

/** A started worker. */
export interface WorkerHandle {
  /** Keeps the process alive, or does not any more. A worker starts without. */
  hold(held: boolean): void;
  /** Settles when it can write to the memory no more. */
  terminate(): Promise<void>;
}

/** What a worker reports to. */
export interface WorkerEvents {
  message(message: Message): void;
  /** It is gone, or never came up; `reason` as far as that is known. */
  end(reason: string): void;
}

/** A browser does not say when a terminated worker has stopped; it does so at the next loop or call, within far less than this. */
const TERMINATION_MS = 100;

/** Starts a worker. May throw where the platform does. */
export type StartWorker = (boot: Boot, events: WorkerEvents) => WorkerHandle;

/** Node's where there are no other workers, the platform's own where there are. */
export const startWorker: StartWorker = (boot, events) => (typeof Worker === 'function' ? startWeb : startNode)(boot, events);

/** A page's workers come up only while its event loop turns: a page that does nothing but await runs never sees them. Node's need nobody. */
export const needsEventLoop = (): boolean => typeof Worker === 'function';

function startWeb(boot: Boot, events: WorkerEvents): WorkerHandle {
  // Bundlers know this form, and take the worker's file along.
  const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module', name: 'laxconv' });
  worker.addEventListener('message', ({ data }: MessageEvent<Message>) => events.message(data));
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    events.end(
      event.message || 'its file (worker.js) could not be loaded, or came without the header Cross-Origin-Embedder-Policy: require-corp',
    );
  });
  worker.postMessage(boot);
  return {
    hold: () => undefined,
    async terminate() {
      worker.terminate();
      await new Promise((resolve) => setTimeout(resolve, TERMINATION_MS));
    },
  };
}

function startNode(boot: Boot, events: WorkerEvents): WorkerHandle {
  const threads = nodeThreads();
  if (threads === undefined) throw new Error('this platform has no workers');
  // In the repository the file that runs is the source.
  const file = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js';
  // The process's own flags are not for a worker: they may load what must not run twice.
  const worker = new threads.Worker(new URL(file, import.meta.url), { workerData: boot, execArgv: [], name: 'laxconv' });
  worker.on('message', (message) => events.message(message as Message));
  worker.on('error', (error) => events.end(error instanceof Error ? error.message : String(error)));
  worker.on('exit', (code) => events.end(`it ended with exit code ${String(code)}`));
  // After the listeners: adding one counts as a reference.
  worker.unref();
  return {
    hold: (held) => (held ? worker.ref() : worker.unref()),
    async terminate() {
      await worker.terminate();
    },
  };
}
