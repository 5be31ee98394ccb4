import type { CellContext } from '../cell.ts';
import type { ConvDimensionNumbers } from 'laxconv';
import { kernel } from './03-edge-kernel.ts';
import { img } from './04-image.ts';

export async function run({ lax, print }: CellContext): Promise<ConvDimensionNumbers> {
  // #region cell
  const dn = lax.convDimensionNumbers(
    img.shape, // only the rank matters, not the shape
    kernel.shape, // only the rank matters, not the shape
    ['NHWC', 'HWIO', 'NHWC'], // the important bit
  );
  print(dn);
  // #endregion
  return dn;
}
