/** The section Support: for each backend, what runs in which dtype, readable before one is chosen. */
import { useMemo, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { DTYPE_NAMES } from '@laxconv/api/backend';
import { countOf } from '../../../src/format/format.ts';
import { TestList } from '../conformance/test-list.tsx';
import { backendNames, testRecords, type TestRecord } from '../conformance/test-record.ts';
import { conformanceRuns, type ResultStore } from '../results/result-store.ts';
import { useParams, useResults } from '../results/use-results.ts';
import { Dialog } from '../shell/dialog.tsx';
import type { HashRoute } from '../shell/hash-route.ts';
import { Select } from '../shell/select.tsx';
import { glanceLine, reasonsOf, supportLines, supportOf, type Support, type SupportLine } from './support-table.ts';

/** More tables than this are a wall; the one at a glance says which to open. */
const MOST_OPEN = 2;

const SIGNS: Readonly<Record<Support, string>> = { runs: '✓', refuses: '–', partly: '◐', wrong: '✗', untested: '·' };

const LEGEND: Readonly<Record<Support, string>> = {
  runs: 'runs',
  partly: 'runs some, refuses others',
  refuses: 'refuses, with a reason',
  wrong: 'wrong in at least one test',
  untested: 'no test',
};

export function SupportSection({ store, route }: { readonly store: ResultStore; readonly route: HashRoute }): JSX.Element {
  const params = useParams(route, 'support');
  const results = useResults(store);
  const runs = useMemo(() => conformanceRuns(results.files), [results]);
  const names = backendNames(runs);
  const records = useMemo(() => runs.map((run) => testRecords([run], results.suite)), [runs]);
  const tables = useMemo(() => records.map(supportLines), [records]);
  const shown = params.get('backend');
  return (
    <>
      <h2>Support</h2>
      <p class="quiet">
        What each backend runs, by kind of problem, function and dtype; from the conformance tests that it was put through, not from a list.
        A named backend refuses with a typed error and never falls back; <code>laxconv()</code> goes on to the next backend. A cell says
        why.
      </p>
      <ul class="legend">
        {(Object.keys(LEGEND) as Support[]).map((support) => (
          <li key={support}>
            <span class={`sign ${support}`} aria-hidden="true">
              {SIGNS[support]}
            </span>{' '}
            {LEGEND[support]}
          </li>
        ))}
      </ul>
      {runs.length > 1 && (
        <form class="filters" aria-label="What is shown" onSubmit={(event) => event.preventDefault()}>
          <Select
            label="Backend"
            value={shown ?? ''}
            options={[['', 'all'], ...names.map((name): [string, string] => [name, name])]}
            onChange={(value) => route.set({ backend: value })}
          />
        </form>
      )}
      {runs.length === 0 && (
        <p>
          No conformance result is loaded. <code>npx @laxconv/conformance run --json</code> writes one; add its file above.
        </p>
      )}
      {runs.length > 1 && shown === null && (
        <>
          <h3>At a glance</h3>
          <SupportTable title="At a glance" of="backend" lines={names.map((name, index) => glanceLine(name, records[index]))} />
        </>
      )}
      {names.map(
        (name, index) =>
          (shown === null || shown === name) && (
            <details key={name} open={names.length <= MOST_OPEN || shown === name}>
              <summary>{name}</summary>
              <SupportTable title={name} of="problem or function" lines={tables[index]} />
            </details>
          ),
      )}
    </>
  );
}

interface SupportTableProps {
  readonly title: string;
  /** What the rows are. */
  readonly of: string;
  readonly lines: readonly SupportLine[];
}

function SupportTable({ title, of, lines }: SupportTableProps): JSX.Element {
  const [open, setOpen] = useState<{ readonly title: string; readonly records: readonly TestRecord[] } | null>(null);
  // A run of some dtypes only, such as a peer's, has no columns for the others.
  const dtypes = DTYPE_NAMES.filter((dtype) => lines.some(({ cells }) => (cells.get(dtype) ?? []).length > 0));
  return (
    <>
      <div class="scroll" role="region" aria-label={`Support: ${title}`} tabIndex={0}>
        <table class="support">
          <thead>
            <tr>
              <th scope="col">{of}</th>
              {dtypes.map((dtype) => (
                <th scope="col" key={dtype}>
                  {dtype}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.name}>
                <th scope="row">
                  {line.name}
                  {line.about !== '' && <small>{line.about}</small>}
                </th>
                {dtypes.map((dtype) => (
                  <SupportCell
                    key={dtype}
                    label={`${line.name}, ${dtype}`}
                    records={line.cells.get(dtype) ?? []}
                    onOpen={(records) => setOpen({ title: `${title}: ${line.name}, ${dtype}`, records })}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {open !== null && (
        <Dialog title={open.title} onClose={() => setOpen(null)}>
          <p>{LEGEND[supportOf(open.records)]}</p>
          <ul>
            {[...reasonsOf(open.records)].map(([reason, count]) => (
              <li key={reason}>
                {reason} ({countOf(count, 'test')})
              </li>
            ))}
          </ul>
          <TestList records={open.records} showBackend={false} />
        </Dialog>
      )}
    </>
  );
}

interface SupportCellProps {
  readonly label: string;
  readonly records: readonly TestRecord[];
  readonly onOpen: (records: readonly TestRecord[]) => void;
}

function SupportCell({ label, records, onOpen }: SupportCellProps): JSX.Element {
  const support = supportOf(records);
  if (support === 'untested') {
    return (
      <td class="untested">
        <span aria-hidden="true">{SIGNS.untested}</span>
        <span class="unseen">{LEGEND.untested}</span>
      </td>
    );
  }
  return (
    <td class={support}>
      <button type="button" class="plain" onClick={() => onOpen(records)}>
        <span aria-hidden="true">{SIGNS[support]}</span>
        <span class="unseen">
          {label}: {LEGEND[support]}
        </span>
      </button>
    </td>
  );
}
