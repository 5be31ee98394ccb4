/** Why a run did not come to its end. */
import type { JSX } from 'preact';
import type { LiveJob } from './live-job.ts';
import { isComplete } from './result-text.ts';
import type { LiveOutcome } from './run-live.ts';

export interface Ending {
  readonly outcome: LiveOutcome;
  readonly wasCancelled: boolean;
  /** What did not even begin. */
  readonly left: readonly LiveJob[];
}

export function LiveEnding({ ending: { outcome, wasCancelled, left } }: { readonly ending: Ending }): JSX.Element | null {
  const { result, ended, broken } = outcome;
  const rest = left.map((job) => (job.what === 'suite' ? job.backend : job.what)).join(', ');
  if (broken !== null) {
    return (
      <p role="alert" class="verdict wrong">
        <strong>{result === null ? 'It could not run:' : 'It broke off:'}</strong> {broken}
        {rest !== '' && ` (Not begun: ${rest}.)`}
      </p>
    );
  }
  const isWhole = result !== null && isComplete(result);
  if (!wasCancelled || (isWhole && rest === '')) return null;
  return (
    <p role="status">
      It was cancelled{ended === null ? '' : `: ${ended}`}.{' '}
      {result === null ? 'It had done nothing yet that could be kept.' : isWhole ? '' : 'What it had done is kept, as a part.'}
      {rest !== '' && ` Not begun: ${rest}.`}
    </p>
  );
}
