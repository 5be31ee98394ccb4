/** A run as the page sees it: in a worker, or where none can be started in the page's own thread; in the end a result, sentences, or both. */
import type { ReadGolden } from '@laxconv/conformance';
import { messageOf } from '../../../src/format/message-of.ts';
import { DidNotStop, runInWorker, startJobWorker } from './job-worker.ts';
import type { JobContext, LiveJob } from './live-job.ts';
import { LiveWatch, type Progress } from './live-watch.ts';
import { startOwnScript } from './own-script.ts';
import type { AnyResult } from './result-text.ts';
import { runJob } from './run-job.ts';

/** What a run is told, and whom it tells. */
export interface LiveControls {
  readonly read: ReadGolden;
  readonly signal: AbortSignal;
  readonly show: (progress: Progress) => void;
  /** Called with a sentence where the run goes on in the page's own thread. */
  readonly onOwnThread: (sentence: string) => void;
}

/** How a run ended. */
export interface LiveOutcome {
  /** Also of a run that was cancelled, or that broke off; null where nothing was done. */
  readonly result: AnyResult | null;
  /** That it did not stop by itself when it was cancelled, as a clause; null where it did, or was not cancelled. */
  readonly ended: string | null;
  /** What went wrong with the run itself, as a sentence; null where nothing did. */
  readonly broken: string | null;
}

/** Runs `job`. Never rejects. */
export async function runLive(job: LiveJob, { read, signal, show, onOwnThread }: LiveControls): Promise<LiveOutcome> {
  const watch = new LiveWatch(job, show);
  const context: JobContext = { read, signal, tell: (event) => watch.take(event) };
  try {
    const result = await anywhere(job, context, onOwnThread);
    return { result: signal.aborted && !watch.hasDone ? null : result, ended: null, broken: null };
  } catch (error) {
    const reason = messageOf(error);
    const result = watch.soFar(reason);
    if (error instanceof DidNotStop) return { result, ended: reason, broken: null };
    // What fails because it was cancelled is no failure.
    return { result, ended: null, broken: signal.aborted ? null : reason };
  }
}

async function anywhere(job: LiveJob, context: JobContext, onOwnThread: (sentence: string) => void): Promise<AnyResult> {
  let worker: Worker;
  try {
    worker = await startJobWorker(startOwnScript);
  } catch (error) {
    onOwnThread(
      `No worker could be started (${messageOf(error)}), so this runs in the page’s own thread: a backend that hangs takes the page with it, and cannot be cancelled.`,
    );
    return runJob(job, context);
  }
  return runInWorker(worker, job, context);
}
