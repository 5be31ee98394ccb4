/** The rows of the table of times in the order of a column. */
import type { SpeedCell, SpeedRow } from './speed-table.ts';

export interface Sorting {
  /** A column's name, or 'case'. */
  readonly by: string;
  readonly descending: boolean;
}

/** As the run has them where `sorting` is null. By a column: by its ratio to the base, by its time where it has none; what has no time last. */
export function sortRows(rows: readonly SpeedRow[], sorting: Sorting | null): readonly SpeedRow[] {
  if (sorting === null) return rows;
  const sign = sorting.descending ? -1 : 1;
  if (sorting.by === 'case') return rows.toSorted((a, b) => sign * a.benchCase.name.localeCompare(b.benchCase.name));
  const isBase = rows.some(({ cells }) => standing(cells.get(sorting.by)) === 'base');
  const keyOf = ({ cells }: SpeedRow): number => {
    const cell = cells.get(sorting.by);
    if (cell?.kind !== 'time') return Number.NaN;
    return isBase ? cell.median.value : (cell.ratio?.value ?? Number.NaN);
  };
  return rows.toSorted((a, b) => {
    const [one, other] = [keyOf(a), keyOf(b)];
    if (Number.isNaN(one) || Number.isNaN(other)) return Number(Number.isNaN(one)) - Number(Number.isNaN(other));
    return sign * (one - other);
  });
}

function standing(cell: SpeedCell | undefined): string | undefined {
  return cell?.kind === 'time' ? cell.standing : undefined;
}
