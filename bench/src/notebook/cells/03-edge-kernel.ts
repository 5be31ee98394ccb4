import type { CellContext, CellInput } from '../cell.ts';
// #region cell
import { tensor } from 'laxconv';
import { at } from '../arrays.ts';

// 2D kernel - HWIO layout
const edges = [
  [1, 1, 0],
  [1, 0, -1],
  [0, -1, -1],
];
const toEveryChannel = (tap: number): number[][] => Array.from({ length: 3 }, () => [tap, tap, tap]);
export const kernel = tensor(edges.map((row) => row.map(toEveryChannel)));
// #endregion

export async function run({ plt, print }: CellContext): Promise<CellInput> {
  // #region cell

  print('Edge Conv kernel:');
  plt.imshow(at(kernel, ':', ':', 0, 0), { title: 'kernel' });
  // #endregion
  return { input: kernel };
}
