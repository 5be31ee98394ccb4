/** The worker's end: runs the job that the page gives it. Whatever it runs, the page stays alive, and can end it. */
import { messageOf } from '../../../src/format/message-of.ts';
import { runJob } from './run-job.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

/** Listens to the page, and says that it does. */
export function serveJobs(): void {
  const canceller = new AbortController();
  const asked = new Map<string, PromiseWithResolvers<Uint8Array>>();
  const read = (path: string): Promise<Uint8Array> => {
    const before = asked.get(path);
    if (before !== undefined) return before.promise;
    const request = Promise.withResolvers<Uint8Array>();
    asked.set(path, request);
    say({ type: 'golden', path });
    return request.promise;
  };
  addEventListener('message', ({ data: message }: MessageEvent<ToWorker>) => {
    switch (message.type) {
      case 'run':
        void runJob(message.job, { read, signal: canceller.signal, tell: (event) => say({ type: 'event', event }) }).then(
          (result) => say({ type: 'result', result }),
          (error: unknown) => say({ type: 'failed', reason: messageOf(error) }),
        );
        return;
      case 'cancel':
        canceller.abort();
        return;
      case 'golden':
        asked.get(message.path)?.resolve(message.bytes);
        return;
      case 'no golden':
        asked.get(message.path)?.reject(new Error(message.reason));
    }
  });
  say({ type: 'ready' });
}

function say(message: FromWorker): void {
  postMessage(message);
}
