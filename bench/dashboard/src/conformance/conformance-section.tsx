/** The section Conformance: tests by function, dtype and backend, down to each test. */
import { useMemo, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { conformanceRuns, type ResultStore } from '../results/result-store.ts';
import { useParams, useResults } from '../results/use-results.ts';
import { Dialog } from '../shell/dialog.tsx';
import type { HashRoute } from '../shell/hash-route.ts';
import { Select } from '../shell/select.tsx';
import { AccuracyTable } from './accuracy-table.tsx';
import { CountsTable } from './counts-table.tsx';
import { pivot } from './counts.ts';
import { NotebookTable } from './notebook-table.tsx';
import { RunFacts } from './run-facts.tsx';
import { TestList } from './test-list.tsx';
import { backendNames, DIMENSIONS, sharedRecords, testRecords, valueOf, type Dimension, type TestRecord } from './test-record.ts';

const FILTERS = ['backend', 'function', 'dtype', 'family'] as const;

export function ConformanceSection({ store, route }: { readonly store: ResultStore; readonly route: HashRoute }): JSX.Element {
  const params = useParams(route, 'conformance');
  const results = useResults(store);
  const [open, setOpen] = useState<{ readonly title: string; readonly records: readonly TestRecord[] } | null>(null);
  const runs = useMemo(() => conformanceRuns(results.files), [results]);
  const all = useMemo(() => testRecords(runs, results.suite), [runs]);
  const names = backendNames(runs);
  const rowDimension = dimensionOf(params.get('rows'), 'function');
  const columnDimension = dimensionOf(params.get('columns'), rowDimension === 'backend' ? 'dtype' : 'backend');
  const chosen = FILTERS.map((name) => [name, params.get(name)] as const);
  const isShared = params.get('shared') !== null;
  const filtered = useMemo(() => {
    const records = isShared ? sharedRecords(all, runs.length) : all;
    return records.filter((record) => chosen.every(([name, value]) => value === null || valueOf(record, name) === value));
  }, [all, params.toString()]);
  const table = useMemo(() => pivot(filtered, rowDimension, columnDimension), [filtered, rowDimension, columnDimension]);
  const wanted = params.get('test');
  const addressed = wanted === null ? [] : all.filter(({ test }) => test.id === wanted);
  if (runs.length === 0) {
    return (
      <>
        <h2>Conformance</h2>
        <p>
          No conformance result is loaded. <code>npx @laxconv/conformance run --json</code> writes one; add its file above.
        </p>
      </>
    );
  }
  return (
    <>
      <h2>Conformance</h2>
      <p class="quiet">
        Goldens and validation are calls whose outcome real JAX recorded; properties, differential, contract and gradient tests use random
        problems. A float must lie within the bound that its kernel declares; integers and bool are exact. <em>Refused</em> is a backend’s
        honest no: never a wrong number.
      </p>
      <form class="filters" aria-label="What is shown" onSubmit={(event) => event.preventDefault()}>
        <DimensionSelect label="Rows" value={rowDimension} onChange={(value) => route.set({ rows: value })} />
        <DimensionSelect label="Columns" value={columnDimension} onChange={(value) => route.set({ columns: value })} />
        {FILTERS.map((name) => (
          <Select
            key={name}
            label={`Only ${name}`}
            value={params.get(name) ?? ''}
            options={[['', 'all'], ...valuesOf(all, name).map((value): [string, string] => [value, value])]}
            onChange={(value) => route.set({ [name]: value })}
          />
        ))}
        {runs.length > 1 && (
          <label class="check">
            <input
              type="checkbox"
              checked={isShared}
              onChange={({ currentTarget }) => route.set({ shared: currentTarget.checked ? 'yes' : null })}
            />
            Only tests that all have run
          </label>
        )}
      </form>
      {filtered.length === 0 ? (
        <p role="status">No test is left by these filters.</p>
      ) : (
        <CountsTable
          table={table}
          rowDimension={rowDimension}
          label={`Tests by ${rowDimension} and ${columnDimension}`}
          onOpen={(row, column) => setOpen({ title: `${row ?? 'all'}, ${column ?? 'all'}`, records: table.recordsOf(row, column) })}
        />
      )}
      <h3>More</h3>
      {results.notebook !== null && <NotebookTable notebook={results.notebook} />}
      <AccuracyTable runs={runs} />
      {runs.map((run, index) => (
        <RunFacts key={names[index]} name={names[index]} run={run} />
      ))}
      {open !== null && (
        <Dialog title={open.title} onClose={() => setOpen(null)}>
          <TestList records={open.records} showBackend={columnDimension !== 'backend' && rowDimension !== 'backend'} />
        </Dialog>
      )}
      {wanted !== null && (
        <Dialog title={wanted} onClose={() => route.set({ test: null })}>
          {addressed.length === 0 ? <p>No loaded run has this test.</p> : <TestList records={addressed} showBackend />}
        </Dialog>
      )}
    </>
  );
}

interface DimensionSelectProps {
  readonly label: string;
  readonly value: Dimension;
  readonly onChange: (value: string) => void;
}

function DimensionSelect({ label, value, onChange }: DimensionSelectProps): JSX.Element {
  return <Select label={label} value={value} options={DIMENSIONS.map((name) => [name, name])} onChange={onChange} />;
}

function dimensionOf(text: string | null, otherwise: Dimension): Dimension {
  return DIMENSIONS.find((name) => name === text) ?? otherwise;
}

function valuesOf(records: readonly TestRecord[], dimension: Dimension): string[] {
  return [...new Set(records.map((record) => valueOf(record, dimension)))];
}
