/**
 * The notebook's 3-D density plot: every grid point a dot, coloured by viridis and the more opaque the greater its value
 * (alpha = value³), seen from Matplotlib's default direction (30° above, azimuth −60°). Drawn to pixels, back to front: 27 000 SVG
 * circles would weigh more than the rest of the page.
 */
import { stepOf, viridis } from './color-maps.ts';
import { rangeOf, type Drawable } from './image-show.ts';
import { pngDataUri, type DensityPicture } from './picture.ts';

/** Width and height in pixels. */
export const DENSITY_SIZE = 420;
const SIZE = DENSITY_SIZE;
const RADIUS = 4;
const ELEVATION = Math.PI / 6;
/** Where Matplotlib looks from. */
export const DEFAULT_AZIMUTH = -Math.PI / 3;

interface Dot {
  readonly across: number;
  readonly down: number;
  readonly depth: number;
  readonly value: number;
}

/** A density of shape [size, size, size] over the unit cube; axes x, y, z as in the notebook. */
export function plotDensity(density: Drawable, title: string): DensityPicture {
  const still = {
    kind: 'image',
    title,
    alt: `${title}: a ${density.shape.join(' by ')} density as dots in a cube, opaque where it is greatest`,
    uri: pngDataUri({ width: SIZE, height: SIZE, channels: 4, data: densityPixels(density, DEFAULT_AZIMUTH) }),
    width: SIZE,
    height: SIZE,
    pixelated: false,
  } as const;
  return { kind: 'density', title, still, density };
}

/** The same as RGBA bytes, seen from `azimuth`. */
export function densityPixels(density: Drawable, azimuth: number): Uint8Array<ArrayBuffer> {
  const canvas = new Float64Array(SIZE * SIZE * 4);
  for (const dot of dotsOf(density, azimuth).sort((a, b) => a.depth - b.depth)) paint(canvas, dot);
  return bytesOf(canvas);
}

function dotsOf({ shape: [nx, ny, nz], data }: Drawable, azimuth: number): Dot[] {
  const [low, high] = rangeOf(data);
  const scale = high > low ? 1 / (high - low) : 0;
  const dots: Dot[] = [];
  for (let index = 0; index < data.length; index++) {
    const x = Math.floor(index / (ny * nz)) / (nx - 1) - 0.5;
    const y = (Math.floor(index / nz) % ny) / (ny - 1) - 0.5;
    const z = ((index % nz) / (nz - 1) - 0.5) * 0.75;
    const toward = x * Math.cos(azimuth) + y * Math.sin(azimuth);
    const across = -x * Math.sin(azimuth) + y * Math.cos(azimuth);
    const up = z * Math.cos(ELEVATION) - toward * Math.sin(ELEVATION);
    const depth = toward * Math.cos(ELEVATION) + z * Math.sin(ELEVATION);
    const closeness = 2.6 / (3.2 - depth);
    dots.push({
      across: SIZE * (0.5 + 0.72 * across * closeness),
      down: SIZE * (0.5 - 0.72 * up * closeness),
      depth,
      value: (data[index] - low) * scale,
    });
  }
  return dots;
}

/** Lays a dot over what is there: source-over, premultiplied, its rim one pixel soft. */
function paint(canvas: Float64Array, { across, down, value }: Dot): void {
  const opacity = (stepOf(value) / 255) ** 3;
  if (opacity < 1e-3) return;
  const color = viridis(value);
  for (let row = Math.ceil(down - RADIUS); row <= down + RADIUS; row++) {
    for (let column = Math.ceil(across - RADIUS); column <= across + RADIUS; column++) {
      if (row < 0 || column < 0 || row >= SIZE || column >= SIZE) continue;
      const coverage = Math.min(1, RADIUS - Math.hypot(row - down, column - across));
      if (coverage <= 0) continue;
      const alpha = opacity * coverage;
      const at = (row * SIZE + column) * 4;
      for (let channel = 0; channel < 3; channel++) canvas[at + channel] = color[channel] * alpha + canvas[at + channel] * (1 - alpha);
      canvas[at + 3] = alpha + canvas[at + 3] * (1 - alpha);
    }
  }
}

function bytesOf(canvas: Float64Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(canvas.length);
  for (let at = 0; at < canvas.length; at += 4) {
    const alpha = canvas[at + 3];
    for (let channel = 0; channel < 3; channel++) bytes[at + channel] = alpha > 0 ? Math.round(canvas[at + channel] / alpha) : 0;
    bytes[at + 3] = Math.round(alpha * 255);
  }
  return bytes;
}
