import type { CellContext, CellOutput } from '../cell.ts';
import { tensor } from 'laxconv';
import { at, transpose } from '../arrays.ts';

export async function run({ lax, plt, print }: CellContext): Promise<CellOutput> {
  // #region cell
  // 1D kernel - WIO layout
  const rows = tensor([
    [
      [1, 0, -1],
      [-1, 0, 1],
    ],
    [
      [1, 1, 1],
      [-1, -1, -1],
    ],
  ]);
  const kernel = transpose(rows, [2, 1, 0]);
  // 1D data - NWC layout
  const steps = new Float32Array(200 * 2);
  for (let i = 0; i < 2; i++) {
    for (let k = 0; k < 2; k++) {
      const x = 35 * i + 30 + 60 * k;
      for (let step = x; step < x + 30; step++) steps[step * 2 + k] = 1;
    }
  }
  const data = tensor(steps, [1, 200, 2]);

  print('in shapes:', data.shape, kernel.shape);

  plt.plotColumns(at(data, 0), 'input');
  const dn = lax.convDimensionNumbers(data.shape, kernel.shape, ['NWC', 'WIO', 'NWC']);
  print(dn);

  const out = await lax.convGeneralDilated(
    data, // lhs = image tensor
    kernel, // rhs = conv kernel tensor
    [1], // window strides
    'SAME', // padding mode
    {
      lhsDilation: [1], // lhs/image dilation
      rhsDilation: [1], // rhs/kernel dilation
      dimensionNumbers: dn, // lhs, rhs, out dimension permutation
    },
  );
  print('out shape: ', out.shape);
  plt.plotColumns(at(out, 0), 'output');
  // #endregion
  return { operands: [data, kernel], out };
}
