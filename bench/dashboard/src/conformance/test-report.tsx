/** All that is known of one test: how it ended, why, what it is about, and how to run it again. */
import { readableJson, reproduceCommand } from '@laxconv/conformance';
import type { JSX } from 'preact';
import { formatMs, formatPercent } from '../../../src/format/format.ts';
import type { TestRecord } from './test-record.ts';

export function TestReport({ record: { run, test, entry } }: { readonly record: TestRecord }): JSX.Element {
  const { id, message, snippet, replay, expected, ms, kernels } = test;
  return (
    <>
      {entry !== undefined && <p>{entry.about}</p>}
      {expected !== undefined && (
        <p>
          Foreseen as {expected.status}: {expected.reason}
        </p>
      )}
      {message !== undefined && <p class="message">{message}</p>}
      {snippet !== undefined && (
        <pre tabIndex={0} aria-label="Code that shows it">
          <code>{snippet}</code>
        </pre>
      )}
      {kernels.length > 0 && (
        <ul class="quiet">
          {kernels.map(({ kernel, errorOverBound }) => (
            <li key={kernel}>
              <code>{kernel}</code>: largest error {formatPercent(errorOverBound)} of its bound
            </li>
          ))}
        </ul>
      )}
      {entry !== undefined && (
        <pre tabIndex={0} aria-label="What the test does">
          {readableJson(entry.explain)}
        </pre>
      )}
      <p class="quiet">
        {formatMs(ms)}
        {replay !== undefined && `; replay: seed ${replay.seed}, path ${replay.path}`}. Its problems:{' '}
        <code>npx @laxconv/conformance explain '{id}'</code>. Again: <code>{reproduceCommand(run, id)}</code>
      </p>
    </>
  );
}
