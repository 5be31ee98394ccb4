import type { CellContext, CellOutput } from '../cell.ts';
import { at, transpose } from '../arrays.ts';
import { kernel } from './03-edge-kernel.ts';
import { img } from './04-image.ts';

export async function run({ lax, plt, print }: CellContext): Promise<CellOutput> {
  // #region cell
  const lhs = transpose(img, [0, 3, 1, 2]); // lhs = NCHW image tensor
  const rhs = transpose(kernel, [3, 2, 0, 1]); // rhs = OIHW conv kernel tensor
  const out = await lax.conv(
    lhs,
    rhs,
    [1, 1], // window strides
    'SAME', // padding mode
  );
  print('out shape: ', out.shape);
  print('First output channel:');
  plt.imshow(at(out, 0, 0), { title: 'first output channel' });
  // #endregion
  return { operands: [lhs, rhs], out };
}
