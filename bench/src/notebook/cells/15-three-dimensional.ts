import type { CellContext, CellOutput } from '../cell.ts';
import { tensor } from 'laxconv';
import { at } from '../arrays.ts';

export async function run({ lax, plt, print, stored }: CellContext): Promise<CellOutput> {
  // #region cell
  // Random 3D kernel - HWDIO layout
  const taps = [
    [
      [0, 0, 0],
      [0, 1, 0],
      [0, 0, 0],
    ],
    [
      [0, -1, 0],
      [-1, 0, -1],
      [0, -1, 0],
    ],
    [
      [0, 0, 0],
      [0, 1, 0],
      [0, 0, 0],
    ],
  ];
  const kernel = tensor(taps.flat(2), [3, 3, 3, 1, 1]);

  // 3D data - NHWDC layout: sin(2πx) cos(2πy) cos(2πz) over the unit cube, in JAX's float32
  const data = stored('lhs');

  print('in shapes:', data.shape, kernel.shape);
  const dn = lax.convDimensionNumbers(data.shape, kernel.shape, ['NHWDC', 'HWDIO', 'NHWDC']);
  print(dn);

  const out = await lax.convGeneralDilated(
    data, // lhs = image tensor
    kernel, // rhs = conv kernel tensor
    [1, 1, 1], // window strides
    'SAME', // padding mode
    {
      lhsDilation: [1, 1, 1], // lhs/image dilation
      rhsDilation: [1, 1, 1], // rhs/kernel dilation
      dimensionNumbers: dn, // dimension_numbers
    },
  );
  print('out shape: ', out.shape);

  // Make some simple 3d density plots:
  plt.scatter3d(at(data, 0, ':', ':', ':', 0), 'input');
  plt.scatter3d(at(out, 0, ':', ':', ':', 0), '3D conv output');
  // #endregion
  return { operands: [data, kernel], out };
}
