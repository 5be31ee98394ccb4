/** Counts of tests by two dimensions; a cell opens its tests. */
import type { JSX } from 'preact';
import { countTests, type Counts, type Pivot } from './counts.ts';
import type { Dimension } from './test-record.ts';

export interface CountsTableProps {
  readonly table: Pivot;
  readonly rowDimension: Dimension;
  readonly label: string;
  readonly onOpen: (row: string | null, column: string | null) => void;
}

export function CountsTable({ table, rowDimension, label, onOpen }: CountsTableProps): JSX.Element {
  const { rows, columns, recordsOf } = table;
  const cell = (row: string | null, column: string | null): JSX.Element => (
    <CountsCell
      key={column ?? ''}
      counts={countTests(recordsOf(row, column))}
      label={[row ?? 'all', column ?? 'all'].join(', ')}
      onOpen={() => onOpen(row, column)}
    />
  );
  return (
    <div class="scroll" role="region" aria-label={label} tabIndex={0}>
      <table class="counts">
        <caption>
          <span>{label}: tests passed of all, with what was refused as foreseen, and what failed. A cell opens its tests.</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{rowDimension}</th>
            {columns.map((column) => (
              <th scope="col" key={column}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row}>
              <th scope="row">
                <code>{row}</code>
              </th>
              {columns.map((column) => cell(row, column))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">all</th>
            {columns.map((column) => cell(null, column))}
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

interface CountsCellProps {
  readonly counts: Counts;
  readonly label: string;
  readonly onOpen: () => void;
}

function CountsCell({ counts, label, onOpen }: CountsCellProps): JSX.Element {
  const { tests, passed, refused, failed, unexpected } = counts;
  if (tests === 0) return <td class="none">none</td>;
  const extra = [refused > 0 ? `${number(refused)} refused` : '', failed > 0 ? `${number(failed)} failed` : ''].filter(
    (text) => text !== '',
  );
  const tone = unexpected > 0 || failed > 0 ? 'bad' : passed === 0 ? 'refused' : 'ok';
  const text = passed === tests ? number(tests) : `${number(passed)} of ${number(tests)}`;
  return (
    <td class={tone}>
      <button type="button" class="plain" onClick={onOpen}>
        <span class="unseen">{label}: </span>
        <span class="count">{text}</span>
        <span class="unseen"> passed</span>
        {extra.map((part) => (
          <small key={part}>{part}</small>
        ))}
      </button>
    </td>
  );
}

function number(count: number): string {
  return count.toLocaleString('en');
}
