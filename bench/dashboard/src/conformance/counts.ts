/** How many tests ended how, and tests counted by two dimensions. */
import { DTYPE_NAMES } from '@laxconv/api/backend';
import { valueOf, type Dimension, type TestRecord } from './test-record.ts';

export interface Counts {
  readonly tests: number;
  readonly passed: number;
  /** The backend refused, and the expectations foresee it. */
  readonly refused: number;
  /** Whatever else did not pass, foreseen or not. */
  readonly failed: number;
  /** Tests that did not end as expected. */
  readonly unexpected: number;
}

export function countTests(records: readonly TestRecord[]): Counts {
  const count = (holds: (record: TestRecord) => boolean): number => records.filter(holds).length;
  const passed = count(({ test }) => test.status === 'pass');
  const refused = count(({ test }) => test.status === 'unsupported' && test.ok);
  return { tests: records.length, passed, refused, failed: records.length - passed - refused, unexpected: count(({ test }) => !test.ok) };
}

export interface Pivot {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly recordsOf: (row: string | null, column: string | null) => readonly TestRecord[];
}

/** Records by two dimensions; dtypes in their own order, functions by name, all else as it first occurs. A null asks for all of a dimension. */
export function pivot(records: readonly TestRecord[], rowDimension: Dimension, columnDimension: Dimension): Pivot {
  const cells = new Map<string, Map<string, TestRecord[]>>();
  const rows = Map.groupBy(records, (record) => valueOf(record, rowDimension));
  const columns = Map.groupBy(records, (record) => valueOf(record, columnDimension));
  for (const [row, own] of rows)
    cells.set(
      row,
      Map.groupBy(own, (record) => valueOf(record, columnDimension)),
    );
  return {
    rows: ordered([...rows.keys()], rowDimension),
    columns: ordered([...columns.keys()], columnDimension),
    recordsOf(row, column) {
      if (row === null) return column === null ? records : (columns.get(column) ?? []);
      return (column === null ? rows.get(row) : cells.get(row)?.get(column)) ?? [];
    },
  };
}

const DTYPE_ORDER: readonly string[] = DTYPE_NAMES;

function ordered(names: readonly string[], dimension: Dimension): readonly string[] {
  if (dimension === 'function') return names.toSorted((a, b) => a.localeCompare(b));
  if (dimension !== 'dtype') return names;
  const place = (name: string): number => (DTYPE_ORDER.includes(name) ? DTYPE_ORDER.indexOf(name) : DTYPE_ORDER.length);
  return names.toSorted((a, b) => place(a) - place(b));
}
