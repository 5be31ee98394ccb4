/** Tests that did not end as they should, with what they said. */
import type { JSX } from 'preact';
import type { TestResult } from '@laxconv/conformance';

/** Where nothing works, more of the same says no more. */
const MOST = 20;

export function Failures({ failures }: { readonly failures: readonly TestResult[] }): JSX.Element | null {
  if (failures.length === 0) return null;
  return (
    <ul class="failures">
      {failures.slice(0, MOST).map(({ id, status, message }) => (
        <li key={id}>
          <span class="badge wrong">{status}</span> <code>{id}</code> {message}
        </li>
      ))}
      {failures.length > MOST && <li>and {(failures.length - MOST).toLocaleString('en')} more: the file has them all</li>}
    </ul>
  );
}
