/** The section Speed: one run of the benchmark as a table, filtered and compared with a base. */
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { countOf } from '../../../src/format/format.ts';
import type { BenchResult } from '../../../src/result/result.ts';
import { benchResults, type ResultStore } from '../results/result-store.ts';
import { useParams, useResults } from '../results/use-results.ts';
import type { HashRoute } from '../shell/hash-route.ts';
import { CellDialog } from './cell-dialog.tsx';
import type { Sorting } from './sort-rows.ts';
import { SpeedFilters } from './speed-filters.tsx';
import { columnsOf, speedTable, usualBase, usualRun } from './speed-table.ts';
import { SpeedTableView } from './speed-table-view.tsx';

export function SpeedSection({ store, route }: { readonly store: ResultStore; readonly route: HashRoute }): JSX.Element {
  const params = useParams(route, 'speed');
  const all = benchResults(useResults(store).files);
  const platforms = [...new Set(all.toReversed().map(platformOf))];
  const platform = platforms.find((name) => name === params.get('platform')) ?? platforms[0];
  const runs = all.filter((one) => platformOf(one) === platform);
  const run = runs.find(({ startedAt }) => startedAt === params.get('run')) ?? usualRun(runs);
  return (
    <>
      <h2>Speed</h2>
      {run === undefined ? (
        <p>
          No benchmark is loaded. <code>pnpm bench</code> writes one; add its file above.
        </p>
      ) : (
        <SpeedRun runs={runs} platforms={platforms} run={run} params={params} onChange={(changes) => route.set(changes)} />
      )}
    </>
  );
}

interface SpeedRunProps {
  readonly runs: readonly BenchResult[];
  readonly platforms: readonly string[];
  readonly run: BenchResult;
  readonly params: URLSearchParams;
  readonly onChange: (changes: Readonly<Record<string, string | null>>) => void;
}

function SpeedRun({ runs, platforms, run, params, onChange }: SpeedRunProps): JSX.Element {
  const [open, setOpen] = useState<{ readonly caseName: string; readonly column: string } | null>(null);
  const base = columnsOf(run).find(({ name }) => name === params.get('base'))?.name ?? usualBase(run);
  const filters = {
    backend: params.get('backend'),
    dtype: params.get('dtype'),
    family: params.get('family'),
    everyWay: params.get('ways') === 'all',
  };
  const table = speedTable(run, filters, base);
  const opened = open === null ? undefined : table.rows.find(({ benchCase }) => benchCase.name === open.caseName);
  const missing = run.peers.filter(({ notRun }) => notRun !== null);
  return (
    <>
      <p class="quiet">
        Every result is checked before it is timed. Rounds over all implementations, medians, 95 % intervals from a bootstrap over rounds;
        only times of one run are compared. {platformOf(run)}, {countOf(run.environment.cores, 'core')}.
      </p>
      {!run.complete && (
        <p class="wrong" role="note">
          <strong>Interrupted:</strong> what is missing was not run.
        </p>
      )}
      <SpeedFilters runs={runs} platforms={platforms} run={run} base={base} params={params} onChange={onChange} />
      {table.rows.length === 0 ? (
        <p role="status">The run has nothing that these filters leave.</p>
      ) : (
        <SpeedTableView
          table={table}
          base={base}
          sorting={sortingOf(params.get('sort'))}
          onSort={({ by, descending }) => onChange({ sort: `${descending ? '-' : ''}${by}` })}
          onOpen={({ benchCase }, column) => setOpen({ caseName: benchCase.name, column })}
        />
      )}
      {missing.length > 0 && (
        <ul class="quiet">
          {missing.map(({ name, notRun }) => (
            <li key={name}>
              {name} did not run: {notRun}
            </li>
          ))}
        </ul>
      )}
      {open !== null && opened !== undefined && (
        <CellDialog row={opened} column={open.column} base={base} run={run} runs={runs} onClose={() => setOpen(null)} />
      )}
    </>
  );
}

/** Times of two machines have no common history. */
function platformOf({ environment: { platform, cpu, adapter } }: BenchResult): string {
  return `${platform} on ${cpu}${adapter === undefined ? '' : ` and ${adapter}`}`;
}

function sortingOf(text: string | null): Sorting | null {
  if (text === null) return null;
  return text.startsWith('-') ? { by: text.slice(1), descending: true } : { by: text, descending: false };
}
