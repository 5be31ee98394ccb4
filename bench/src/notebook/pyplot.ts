/** The part of Matplotlib's pyplot that the notebook uses: it gathers the pictures of a cell. */
import { plotDensity } from '../drawing/density-plot.ts';
import { showImage, type ImageOptions } from '../drawing/image-show.ts';
import { columnsOf, plotLines, type Line } from '../drawing/line-plot.ts';
import type { Picture } from '../drawing/picture.ts';
import type { Tensor } from 'laxconv';
import { asFloat32 } from './arrays.ts';

/** A line whose values are a tensor. */
export interface TensorLine extends Omit<Line, 'y'> {
  readonly y: Tensor;
}

export class Pyplot {
  readonly pictures: Picture[] = [];

  /** `ax.imshow(image, cmap)` with `ax.set_title(title)`. */
  imshow(image: Tensor, options: ImageOptions = {}): void {
    this.pictures.push(showImage(asFloat32(image), options));
  }

  /** `plt.plot(x, y, color)` for each line, in one figure. */
  plot(lines: readonly TensorLine[], title: string): void {
    this.pictures.push(
      plotLines(
        lines.map(({ y, ...line }) => ({ ...line, y: asFloat32(y).data })),
        title,
      ),
    );
  }

  /** `plt.plot(matrix)`: a line for each column. */
  plotColumns(matrix: Tensor, title: string): void {
    this.pictures.push(plotLines(columnsOf(asFloat32(matrix)), title));
  }

  /** `ax.scatter(x, y, z, c=density)` over a regular grid. */
  scatter3d(density: Tensor, title: string): void {
    this.pictures.push(plotDensity(asFloat32(density), title));
  }
}
