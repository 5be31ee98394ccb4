import { expect, it } from 'vitest';
import { cellsOf, countOfCells } from './cells.ts';
import { inside, moved } from './cursor.ts';

const plane = { out: { shape: [2, 3, 4, 5], dtype: 'float32' }, outSpec: [0, 3, 1, 2] } as const;
const line = { out: { shape: [1, 5, 2], dtype: 'float32' }, outSpec: [0, 2, 1] } as const;

it('moves along the spatial dimensions, in whatever order they lie, and stays inside', () => {
  const at = [1, 1, 3, 4];
  expect(moved(plane, at, 'ArrowRight')).toEqual([1, 1, 3, 4]);
  expect(moved(plane, at, 'ArrowLeft')).toEqual([1, 1, 2, 4]);
  expect(moved(plane, at, 'ArrowDown')).toEqual([1, 2, 3, 4]);
  expect(moved(plane, at, 'Home')).toEqual([1, 0, 0, 4]);
  expect(moved(plane, at, 'End')).toEqual([1, 2, 3, 4]);
  expect(moved({ ...plane, outSpec: [0, 1, 3, 2] }, [0, 0, 0, 0], 'ArrowRight')).toEqual([0, 0, 1, 0]);
});

it('leaves keys alone that move nothing', () => {
  expect(moved(plane, [0, 0, 0, 0], 'Tab')).toBeNull();
  expect(moved(plane, [0, 0, 0, 0], 'PageDown')).toBeNull();
  expect(moved(line, [0, 0, 0], 'ArrowDown')).toBeNull();
});

it('comes along when the result becomes smaller, or of another rank', () => {
  expect(inside(plane, [5, 5, 5, 5])).toEqual([1, 2, 3, 4]);
  expect(inside(plane, [0, 1])).toEqual([0, 1, 0, 0]);
});

it('lays positions out as a row, a grid, and grids side by side', () => {
  expect(cellsOf([-1], [2]).cells.map(({ position, x, y }) => [position[0], x, y])).toEqual([
    [-1, 0, 0],
    [0, 24, 0],
    [1, 48, 0],
  ]);
  expect(cellsOf([0, 0], [2, 3])).toMatchObject({ width: 72, height: 48 });
  const space = cellsOf([0, 0, 0], [2, 1, 2]);
  expect(space.cells.map(({ position }) => position)).toEqual([
    [0, 0, 0],
    [0, 0, 1],
    [1, 0, 0],
    [1, 0, 1],
  ]);
  expect(space.cells[2].x).toBeGreaterThan(space.cells[1].x + 24);
  expect(cellsOf([], [])).toEqual({ cells: [{ position: [], x: 0, y: 0 }], width: 24, height: 24 });
  expect(countOfCells([-1, 0], [2, 4])).toBe(12);
});
