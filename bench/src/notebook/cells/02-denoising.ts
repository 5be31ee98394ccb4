import { meanOverLast } from '../arrays.ts';
import type { CellContext, CellOutput } from '../cell.ts';

export async function run({ scipy, plt, stored }: CellContext): Promise<CellOutput> {
  // #region cell
  // A sample image; the mean over its colours makes it grayscale.
  const image = meanOverLast(stored('face'));
  plt.imshow(image, { cmap: 'binary_r', title: 'original' });

  // The same with JAX's random noise.
  const noisyImage = stored('lhs');
  plt.imshow(noisyImage, { cmap: 'binary_r', title: 'noisy' });

  // Smooth it with a 2D Gaussian kernel of 7 by 7, from JAX's norm.pdf.
  const window = stored('rhs');
  const smoothImage = await scipy.signal.convolve(noisyImage, window, 'same');
  plt.imshow(smoothImage, { cmap: 'binary_r', title: 'smoothed' });
  // #endregion
  return { operands: [noisyImage, window], out: smoothImage };
}
