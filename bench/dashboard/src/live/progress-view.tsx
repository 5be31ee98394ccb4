/** Where a run is: a bar, what is being done, the time left, and what went wrong so far. */
import type { JSX } from 'preact';
import type { Progress } from './live-watch.ts';
import { Failures } from './failures.tsx';

export function ProgressView({ progress: { fraction, what, left, failures } }: { readonly progress: Progress }): JSX.Element {
  return (
    <div class="progress">
      <progress max={1} value={fraction} aria-label="How much of the run is done" />
      <p class="quiet">
        {what}
        {left !== null && ` · ${timeText(left)}`}
      </p>
      <Failures failures={failures} />
    </div>
  );
}

function timeText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 1) return 'almost done';
  return seconds < 90 ? `about ${seconds} s left` : `about ${Math.round(seconds / 60)} min left`;
}
