/** The notebook's pictures as files for documents: what the gallery draws, small enough to be committed. */
import { decode, encode } from 'fast-png';
import type { Picture } from '../drawing/picture.ts';
import type { NotebookCell } from '../notebook/notebook.ts';

/** The files by name, from the notebook as it ran. Throws an Error where a cell did not draw what is wanted of it. */
export function picturesOf(cells: readonly NotebookCell[]): ReadonlyMap<string, Uint8Array> {
  const of = (number: number): readonly Picture[] => {
    const { check, pictures } = cells[number - 1];
    if (check.status !== 'right') throw new Error(`cell ${number} is not as JAX has it, and nobody shall see it: ${check.reason}`);
    return pictures;
  };
  const last = (number: number): Picture => of(number)[of(number).length - 1];
  return new Map([
    ['smoothing.svg', svgFile(last(1))],
    ['denoising.png', rowOf(of(2).map((picture) => shrunk(grayOf(picture), 4)))],
    ['same.png', pngBytes(last(8))],
    ['stride.png', pngBytes(last(10))],
    ['atrous.png', pngBytes(last(11))],
    ['transposed.png', pngBytes(last(13))],
    ['density.png', pngBytes(last(15))],
  ]);
}

/** Light and dark as the page has them: in a document of its own the drawing has no style sheet but this. */
const STYLE = `<style>
.frame { fill: none; stroke: #d5dae2 } .tick { stroke: #566072 } .tick-label { fill: #566072; font: 12px system-ui, sans-serif }
.line { fill: none; stroke-width: 1.6; stroke-linejoin: round } .line-muted { stroke: #b9bfc9 } .line-strong { stroke: #111 }
@media (prefers-color-scheme: dark) { .frame { stroke: #363d48 } .tick-label { fill: #a3acba } .tick { stroke: #a3acba }
.line-muted { stroke: #5b6472 } .line-strong { stroke: #f2f4f7 } }
</style>`;

function svgFile(picture: Picture): Uint8Array {
  if (picture.kind !== 'svg') throw new Error(`${picture.title} is no plot`);
  const text = picture.markup.text.replace(
    /<svg [^>]*>/u,
    (tag) => `${tag.replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ')}${STYLE}`,
  );
  return new TextEncoder().encode(`${text}\n`);
}

function pngBytes(picture: Picture): Uint8Array {
  const image = picture.kind === 'density' ? picture.still : picture;
  if (image.kind !== 'image') throw new Error(`${picture.title} is no image`);
  return Buffer.from(image.uri.slice(image.uri.indexOf(',') + 1), 'base64');
}

/** Grey pixels, row-major. */
interface Gray {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

function grayOf(picture: Picture): Gray {
  const { width, height, channels, data } = decode(pngBytes(picture));
  if (channels !== 1 || !(data instanceof Uint8Array)) throw new Error(`${picture.title} is not grey`);
  return { width, height, data };
}

/** Every pixel the mean of `factor` by `factor`. */
function shrunk({ width, height, data }: Gray, factor: number): Gray {
  const [columns, rows] = [Math.floor(width / factor), Math.floor(height / factor)];
  const means = new Uint8Array(columns * rows);
  for (let at = 0; at < means.length; at++) {
    const from = Math.floor(at / columns) * factor * width + (at % columns) * factor;
    let sum = 0;
    for (let pixel = 0; pixel < factor * factor; pixel++) sum += data[from + Math.floor(pixel / factor) * width + (pixel % factor)];
    means[at] = Math.round(sum / factor ** 2);
  }
  return { width: columns, height: rows, data: means };
}

/** White between neighbours, in pixels. */
const GAP = 8;

/** Images of one height side by side, as a PNG. */
function rowOf(images: readonly Gray[]): Uint8Array {
  const [{ height }] = images;
  const width = images.reduce((sum, image) => sum + image.width, GAP * (images.length - 1));
  const data = new Uint8Array(width * height).fill(255);
  let left = 0;
  for (const image of images) {
    for (let row = 0; row < height; row++) data.set(image.data.subarray(row * image.width, (row + 1) * image.width), row * width + left);
    left += image.width + GAP;
  }
  return encode({ width, height, channels: 1, depth: 8, data }, { zlib: { level: 9 } });
}
