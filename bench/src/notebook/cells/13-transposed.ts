import type { CellContext, CellOutput } from '../cell.ts';
import { at, rotate180 } from '../arrays.ts';
import { kernel } from './03-edge-kernel.ts';
import { img } from './04-image.ts';

export async function run({ lax, plt, print }: CellContext): Promise<CellOutput> {
  // #region cell
  // transposed conv = 180deg kernel rotation plus LHS dilation
  const kernelRot = rotate180(kernel);
  const dn = lax.convDimensionNumbers(img.shape, kernel.shape, ['NHWC', 'HWIO', 'NHWC']);
  // need a custom output padding; kept in a variable, it needs `as const`:
  const padding = [
    [2, 1],
    [2, 1],
  ] as const;
  const out = await lax.convGeneralDilated(
    img, // lhs = image tensor
    kernelRot, // rhs = conv kernel tensor
    [1, 1], // window strides
    padding, // padding mode
    {
      lhsDilation: [2, 2], // lhs/image dilation
      rhsDilation: [1, 1], // rhs/kernel dilation
      dimensionNumbers: dn, // lhs, rhs, out dimension permutation
    },
  );
  print('out shape: ', out.shape, '<-- transposed_conv');
  print('First output channel:');
  plt.imshow(at(out, 0, ':', ':', 0), { title: 'first output channel' });
  // #endregion
  return { operands: [img, kernelRot], out };
}
