/** A drawn picture: an image as a PNG data URI, or markup of an SVG. */
import { encode } from 'fast-png';
import type { Html } from '../html/html.ts';
import type { Drawable } from './image-show.ts';

export interface ImagePicture {
  readonly kind: 'image';
  readonly title: string;
  /** What a reader who does not see it is told. */
  readonly alt: string;
  readonly uri: string;
  readonly width: number;
  readonly height: number;
  /** Whether its pixels are data to be shown as squares, or a photograph or drawing to be smoothed. */
  readonly pixelated: boolean;
}

export interface SvgPicture {
  readonly kind: 'svg';
  readonly title: string;
  readonly markup: Html;
}

/** A density in a cube: as an image seen from one side, with what it is drawn from, so that a page can turn it. */
export interface DensityPicture {
  readonly kind: 'density';
  readonly title: string;
  readonly still: ImagePicture;
  readonly density: Drawable;
}

export type Picture = ImagePicture | SvgPicture | DensityPicture;

/** 8-bit pixels, row-major, 1 (grey), 3 (RGB) or 4 (RGBA) channels. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
  readonly data: Uint8Array;
}

/** The pixels as a data URI of a PNG. */
export function pngDataUri(pixels: Pixels): string {
  const png = encode({ ...pixels, depth: 8 }, { zlib: { level: 9 } });
  return `data:image/png;base64,${base64Of(png)}`;
}

/** Browsers have no Buffer. In pieces, since a call takes only so many arguments. */
function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let from = 0; from < bytes.length; from += 8192) text += String.fromCharCode(...bytes.subarray(from, from + 8192));
  return btoa(text);
}
