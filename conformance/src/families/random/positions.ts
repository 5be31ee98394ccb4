/** Positions of a shape, in row-major order. */
import { sizeOf } from '@laxconv/api/backend';

/** The row-major index of a position. */
export function indexOf(shape: readonly number[], position: readonly number[]): number {
  return position.reduce((index, value, axis) => index * shape[axis] + value, 0);
}

/** Visits the positions of a shape in row-major order. */
export function eachPosition(shape: readonly number[], visit: (position: readonly number[], index: number) => void): void {
  const position = shape.map(() => 0);
  const count = sizeOf(shape);
  for (let index = 0; index < count; index++) {
    visit(position, index);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      if (++position[axis] < shape[axis]) break;
      position[axis] = 0;
    }
  }
}
