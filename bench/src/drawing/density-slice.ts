/** A slice of a 3-D density, as an image: what the cloud of dots hides in its middle. */
import { viridis } from './color-maps.ts';
import { rangeOf, type Drawable } from './image-show.ts';

export interface DensitySlice {
  /** Along x, and along y. */
  readonly width: number;
  readonly height: number;
  /** RGBA; x grows to the right and y upwards, as in the cloud. Coloured by the range of the whole density, so that slices compare. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  /** The least and greatest value in it. */
  readonly range: readonly [low: number, high: number];
}

/** The slice at index `z` of a density of shape [x, y, z]. */
export function densitySlice({ shape: [width, height, depth], data }: Drawable, z: number): DensitySlice {
  const [low, high] = rangeOf(data);
  const scale = high > low ? 1 / (high - low) : 0;
  const pixels = new Uint8ClampedArray(width * height * 4);
  const values: number[] = [];
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      const value = data[(x * height + y) * depth + z];
      values.push(value);
      pixels.set([...viridis((value - low) * scale), 255], ((height - 1 - y) * width + x) * 4);
    }
  }
  return { width, height, pixels, range: rangeOf(values) };
}
