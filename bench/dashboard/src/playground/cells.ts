/** Where a drawing puts the positions of one, two or three dimensions: a row, a grid, or grids side by side. */

/** Side of a cell, and the gap between grids, in the drawing's units. */
export const CELL = 24;
const GAP = 14;

/** A position in the space that is drawn, and its place. */
export interface Cell {
  readonly position: readonly number[];
  readonly x: number;
  readonly y: number;
}

/** The cells of a space, row by row, and the drawing's size. */
export interface Cells {
  readonly cells: readonly Cell[];
  readonly width: number;
  readonly height: number;
}

/** The positions from `low` up to `high` (not included) along each dimension. A space without dimensions is one cell. */
export function cellsOf(low: readonly number[], high: readonly number[]): Cells {
  const sizes = low.map((from, d) => Math.max(0, high[d] - from));
  const [planes, rows, columns] = [...new Array<number>(Math.max(0, 3 - sizes.length)).fill(1), ...sizes];
  const cells: Cell[] = [];
  for (let plane = 0; plane < planes; plane++) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const offsets = [plane, row, column].slice(3 - sizes.length);
        const position = offsets.map((offset, d) => low[d] + offset);
        cells.push({ position, x: plane * (columns * CELL + GAP) + column * CELL, y: row * CELL });
      }
    }
  }
  return { cells, width: Math.max(0, planes * (columns * CELL + GAP) - GAP), height: rows * CELL };
}

/** How many cells `cellsOf` would give. */
export function countOfCells(low: readonly number[], high: readonly number[]): number {
  return low.reduce((product, from, d) => product * Math.max(0, high[d] - from), 1);
}
