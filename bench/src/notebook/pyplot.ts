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
  /** What drawing took so far, in ms: no part of a cell's time. */
  drawingMs = 0;

  /** `ax.imshow(image, cmap)` with `ax.set_title(title)`. */
  imshow(image: Tensor, options: ImageOptions = {}): void {
    this.#draw(() => showImage(asFloat32(image), options));
  }

  /** `plt.plot(x, y, color)` for each line, in one figure. */
  plot(lines: readonly TensorLine[], title: string): void {
    this.#draw(() =>
      plotLines(
        lines.map(({ y, ...line }) => ({ ...line, y: asFloat32(y).data })),
        title,
      ),
    );
  }

  /** `plt.plot(matrix)`: a line for each column. */
  plotColumns(matrix: Tensor, title: string): void {
    this.#draw(() => plotLines(columnsOf(asFloat32(matrix)), title));
  }

  /** `ax.scatter(x, y, z, c=density)` over a regular grid. */
  scatter3d(density: Tensor, title: string): void {
    this.#draw(() => plotDensity(asFloat32(density), title));
  }

  #draw(draw: () => Picture): void {
    const started = performance.now();
    this.pictures.push(draw());
    this.drawingMs += performance.now() - started;
  }
}
