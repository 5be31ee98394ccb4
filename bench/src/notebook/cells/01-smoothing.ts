import type { CellOutput, CellContext } from '../cell.ts';
import { linspace } from '../arrays.ts';

export async function run({ numpy, plt, stored }: CellContext): Promise<CellOutput> {
  // #region cell
  const x = linspace(0, 10, 500);
  const y = stored('lhs'); // sin(x) with JAX's random noise
  const window = stored('rhs'); // ones(10) / 10

  const ySmooth = await numpy.convolve(y, window, 'same');

  plt.plot(
    [
      { x, y, color: 'lightgray', label: 'noisy' },
      { x, y: ySmooth, color: 'black', label: 'smoothed' },
    ],
    'noisy and smoothed',
  );
  // #endregion
  return { operands: [y, window], out: ySmooth };
}
