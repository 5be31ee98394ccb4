import type { CellContext, CellOutput } from '../cell.ts';
import { at, transpose } from '../arrays.ts';
import { kernel } from './03-edge-kernel.ts';
import { img } from './04-image.ts';

export async function run({ lax, plt, print }: CellContext): Promise<CellOutput> {
  // #region cell
  const lhs = transpose(img, [0, 3, 1, 2]); // lhs = NCHW image tensor
  const rhs = transpose(kernel, [2, 3, 0, 1]); // rhs = IOHW conv kernel tensor
  const out = await lax.convWithGeneralPadding(
    lhs,
    rhs,
    [1, 1], // window strides
    [
      [2, 2],
      [2, 2],
    ], // general padding 2x2
    [1, 1], // lhs/image dilation
    [1, 1], // rhs/kernel dilation
  );
  print('out shape: ', out.shape);
  print('First output channel:');
  plt.imshow(at(out, 0, 0), { title: 'first output channel' });
  // #endregion
  return { operands: [lhs, rhs], out };
}
