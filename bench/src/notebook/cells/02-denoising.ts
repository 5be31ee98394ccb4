import type { CellOutput, CellContext } from '../cell.ts';

export async function run({ scipy, plt, stored }: CellContext): Promise<CellOutput> {
  // #region cell
  // The photograph in grey, with JAX's random noise on it.
  const noisyImage = stored('lhs');
  plt.imshow(noisyImage, { cmap: 'binary_r', title: 'noisy' });

  // Smooth it with a 2D Gaussian kernel of 7 by 7, from JAX's norm.pdf.
  const window = stored('rhs');
  const smoothImage = await scipy.signal.convolve(noisyImage, window, 'same');
  plt.imshow(smoothImage, { cmap: 'binary_r', title: 'smoothed' });
  // #endregion
  return { operands: [noisyImage, window], out: smoothImage };
}
