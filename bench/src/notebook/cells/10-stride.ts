import type { CellContext, CellOutput } from '../cell.ts';
import { at } from '../arrays.ts';
import { kernel } from './03-edge-kernel.ts';
import { img } from './04-image.ts';

export async function run({ lax, plt, print }: CellContext): Promise<CellOutput> {
  // #region cell
  const dn = lax.convDimensionNumbers(img.shape, kernel.shape, ['NHWC', 'HWIO', 'NHWC']);
  const out = await lax.convGeneralDilated(
    img, // lhs = image tensor
    kernel, // rhs = conv kernel tensor
    [2, 2], // window strides
    'SAME', // padding mode
    {
      lhsDilation: [1, 1], // lhs/image dilation
      rhsDilation: [1, 1], // rhs/kernel dilation
      dimensionNumbers: dn, // lhs, rhs, out dimension permutation
    },
  );
  print('out shape: ', out.shape, ' <-- half the size of above');
  print('First output channel:');
  plt.imshow(at(out, 0, ':', ':', 0), { title: 'first output channel' });
  // #endregion
  return { operands: [img, kernel], out };
}
