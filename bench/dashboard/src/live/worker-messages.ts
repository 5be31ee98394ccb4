/** What the page and the worker that a run goes on in tell each other. */
import type { LiveEvent, LiveJob } from './live-job.ts';
import type { AnyResult } from './result-text.ts';

/** What the page says. */
export type ToWorker =
  | { readonly type: 'run'; readonly job: LiveJob }
  | { readonly type: 'cancel' }
  /** A file of the goldens that the worker asked for. */
  | { readonly type: 'golden'; readonly path: string; readonly bytes: Uint8Array }
  | { readonly type: 'no golden'; readonly path: string; readonly reason: string };

/** What the worker says. */
export type FromWorker =
  /** It listens. */
  | { readonly type: 'ready' }
  /** It needs a file of the goldens: the page has them, or knows where they are. */
  | { readonly type: 'golden'; readonly path: string }
  | { readonly type: 'event'; readonly event: LiveEvent }
  | { readonly type: 'result'; readonly result: AnyResult }
  /** Nothing could be run; a sentence. */
  | { readonly type: 'failed'; readonly reason: string };
