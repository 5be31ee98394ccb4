/** Matplotlib's `imshow`: a matrix through a colour map over its own range, or an RGB image as it is. */
import { gray, viridis } from './color-maps.ts';
import { pngDataUri, type ImagePicture, type Pixels } from './picture.ts';

/** A tensor as drawing sees it: any shape, real numbers. */
export interface Drawable {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

export interface ImageOptions {
  readonly title?: string;
  /** 'viridis' unless given; 'binary_r' is black to white. */
  readonly cmap?: 'viridis' | 'binary_r';
}

/** How wide the report draws a pixelated image. A larger one is shrunk, and without smoothing it would lose whole lines. */
const SHOWN_WIDTH = 320;

/** [height, width] through the colour map, or [height, width, 3] with 0 to 1 as black to full. */
export function showImage(image: Drawable, options: ImageOptions = {}): ImagePicture {
  const { title = '', cmap = 'viridis' } = options;
  const [height, width, channels] = image.shape;
  if (image.shape.length !== (channels === 3 ? 3 : 2)) {
    throw new Error(`an image has shape [height, width] or [height, width, 3], got [${image.shape.join(', ')}]`);
  }
  const pixels = channels === 3 ? rgbPixels(image) : mappedPixels(image, cmap);
  return {
    kind: 'image',
    title,
    alt: `${title || 'Image'}, ${width} by ${height} pixels`,
    uri: pngDataUri(pixels),
    width,
    height,
    pixelated: cmap === 'viridis' && width <= SHOWN_WIDTH,
  };
}

function rgbPixels({ shape: [height, width], data }: Drawable): Pixels {
  const bytes = Uint8Array.from(data, (value) => Math.round(255 * Math.min(1, Math.max(0, value))));
  return { width, height, channels: 3, data: bytes };
}

function mappedPixels({ shape: [height, width], data }: Drawable, cmap: 'viridis' | 'binary_r'): Pixels {
  const [low, high] = rangeOf(data);
  const scale = high > low ? 1 / (high - low) : 0;
  const map = cmap === 'viridis' ? viridis : gray;
  const channels = cmap === 'viridis' ? 3 : 1;
  const bytes = new Uint8Array(width * height * channels);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const color = map((data[pixel] - low) * scale);
    for (let channel = 0; channel < channels; channel++) bytes[pixel * channels + channel] = color[channel];
  }
  return { width, height, channels, data: bytes };
}

/** The least and greatest finite values; [0, 0] where there is none. */
export function rangeOf(data: ArrayLike<number>): readonly [low: number, high: number] {
  let low = Infinity;
  let high = -Infinity;
  for (let index = 0; index < data.length; index++) {
    const value = data[index];
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [0, 0];
}
