/** Tests as a list to search in: those that did not end as expected first; each opens. */
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { countOf } from '../../../src/format/format.ts';
import type { TestRecord } from './test-record.ts';
import { TestReport } from './test-report.tsx';

/** Shown at once; more on request. */
const PAGE = 100;

const ORDER = ['crash', 'timeout', 'fail', 'unsupported', 'pass'];

export function TestList({
  records,
  showBackend,
}: {
  readonly records: readonly TestRecord[];
  readonly showBackend: boolean;
}): JSX.Element {
  const [query, setQuery] = useState('');
  const [limit, setLimit] = useState(PAGE);
  const words = query.toLowerCase().split(/\s+/);
  const found = records
    .filter(({ test: { id, status } }) => words.every((word) => `${id} ${status}`.toLowerCase().includes(word)))
    .toSorted((a, b) => Number(a.test.ok) - Number(b.test.ok) || ORDER.indexOf(a.test.status) - ORDER.indexOf(b.test.status));
  return (
    <>
      <label class="search">
        Find by id or status
        <input type="search" value={query} onInput={({ currentTarget }) => setQuery(currentTarget.value)} />
      </label>
      <p class="quiet" role="status">
        {countOf(found.length, 'test')}
      </p>
      <ul class="tests">
        {found.slice(0, limit).map((record) => (
          <TestItem key={`${record.backend} ${record.test.id}`} record={record} showBackend={showBackend} />
        ))}
      </ul>
      {found.length > limit && (
        <button type="button" onClick={() => setLimit(limit + PAGE)}>
          {countOf(Math.min(PAGE, found.length - limit), 'more', 'more')}
        </button>
      )}
    </>
  );
}

function TestItem({ record, showBackend }: { readonly record: TestRecord; readonly showBackend: boolean }): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const { test, backend } = record;
  return (
    <li>
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          <Badge record={record} /> <code>{test.id}</code> {showBackend && <span class="quiet">{backend}</span>}
        </summary>
        {isOpen && <TestReport record={record} />}
      </details>
    </li>
  );
}

/** How a test ended, as a word. */
function Badge({ record: { test } }: { readonly record: TestRecord }): JSX.Element {
  const word = test.status === 'pass' ? 'passed' : test.status === 'unsupported' ? 'refused' : test.status;
  return <span class={`badge ${test.ok ? test.status : 'fail'}`}>{test.ok ? word : `${word}, unexpected`}</span>;
}
