/** The table of times as it is seen: headers sort, cells open their samples. */
import type { JSX } from 'preact';
import { countOf, formatMs } from '../../../src/format/format.ts';
import { ratioText, standingText } from './ratio-text.ts';
import { sortRows, type Sorting } from './sort-rows.ts';
import type { SpeedCell, SpeedRow, SpeedTable } from './speed-table.ts';

export interface SpeedTableViewProps {
  readonly table: SpeedTable;
  readonly base: string;
  readonly sorting: Sorting | null;
  readonly onSort: (sorting: Sorting) => void;
  readonly onOpen: (row: SpeedRow, column: string) => void;
}

export function SpeedTableView({ table, base, sorting, onSort, onOpen }: SpeedTableViewProps): JSX.Element {
  const { columns, rows, means } = table;
  const head = (by: string, text: string): JSX.Element => <SortHeader by={by} text={text} sorting={sorting} onSort={onSort} />;
  return (
    <div class="scroll" role="region" aria-label="Table of times" tabIndex={0}>
      <table class="speed">
        <caption>
          <span>
            {countOf(rows.length, 'case')}; time of one call, and how it stands to <strong>{base}</strong>. Colour and words only where the
            95 % interval of the ratio leaves out 1. A cell opens its samples.
          </span>
        </caption>
        <thead>
          <tr>
            {head('case', 'case')}
            {columns.map(({ name }) => head(name, name))}
          </tr>
        </thead>
        <tbody>
          {sortRows(rows, sorting).map((row) => (
            <tr key={row.benchCase.name}>
              <th scope="row">
                <code>{row.benchCase.name}</code>
                <small>{row.benchCase.about}</small>
              </th>
              {columns.map(({ name }) => (
                <Cell
                  key={name}
                  cell={row.cells.get(name) ?? { kind: 'absent' }}
                  label={`${name} on ${row.benchCase.name}`}
                  onOpen={() => onOpen(row, name)}
                />
              ))}
            </tr>
          ))}
        </tbody>
        {means.size > 0 && (
          <tfoot>
            <tr>
              <th scope="row">
                geometric mean
                <small>of the ratios, over the cases that both have</small>
              </th>
              {columns.map(({ name }) => {
                const mean = means.get(name);
                return (
                  <td key={name}>
                    {mean === undefined ? name === base ? 'base' : '–' : <strong>{ratioText(mean.ratio)}</strong>}
                    {mean !== undefined && <small>{countOf(mean.cases, 'case')}</small>}
                    {mean !== undefined && mean.wrong > 0 && <small class="wrong">{mean.wrong} wrong or failed</small>}
                  </td>
                );
              })}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}

interface SortHeaderProps {
  readonly by: string;
  readonly text: string;
  readonly sorting: Sorting | null;
  readonly onSort: (sorting: Sorting) => void;
}

function SortHeader({ by, text, sorting, onSort }: SortHeaderProps): JSX.Element {
  const isSorted = sorting?.by === by;
  const order = !isSorted ? 'none' : sorting.descending ? 'descending' : 'ascending';
  const arrow = !isSorted ? '↕' : sorting.descending ? '↓' : '↑';
  return (
    <th scope="col" aria-sort={order}>
      <button type="button" class="plain" onClick={() => onSort({ by, descending: isSorted && !sorting.descending })}>
        {text} <span aria-hidden="true">{arrow}</span>
      </button>
    </th>
  );
}

interface CellProps {
  readonly cell: SpeedCell;
  readonly label: string;
  readonly onOpen: () => void;
}

function Cell({ cell, label, onOpen }: CellProps): JSX.Element {
  if (cell.kind === 'absent') return <td class="none">not run</td>;
  if (cell.kind === 'none') {
    const { status } = cell.result;
    return (
      <td class={status}>
        <button type="button" class="plain" onClick={onOpen}>
          <span class="unseen">{label}: </span>
          {status === 'interrupted' ? 'not run: interrupted' : status}
        </button>
      </td>
    );
  }
  const time = formatMs(cell.median.value);
  const standing = standingText(cell.standing, cell.ratio);
  return (
    <td class={cell.standing.replace(' ', '-')}>
      <button type="button" class="plain" onClick={onOpen}>
        <span class="unseen">{label}: </span>
        <span class="time">{time}</span>
        <small>{standing}</small>
      </button>
    </td>
  );
}
