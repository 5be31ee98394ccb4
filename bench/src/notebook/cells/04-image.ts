import type { CellContext, CellInput } from '../cell.ts';
// #region cell
import { tensor } from 'laxconv';
import { at } from '../arrays.ts';

// NHWC layout
const [height, width, channels] = [200, 198, 3];
const pixels = new Float32Array(height * width * channels);
for (let k = 0; k < channels; k++) {
  const x = 30 + 60 * k;
  const y = 20 + 60 * k;
  for (let row = x; row < x + 10; row++) {
    for (let column = y; column < y + 10; column++) pixels[(row * width + column) * channels + k] = 1;
  }
}
export const img = tensor(pixels, [1, height, width, channels]);
// #endregion

export async function run({ plt, print }: CellContext): Promise<CellInput> {
  // #region cell

  print('Original Image:');
  plt.imshow(at(img, 0), { title: 'image' });
  // #endregion
  return { input: img };
}
