import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { gray, viridis } from './color-maps.ts';
import { densitySlice } from './density-slice.ts';
import { plotDensity } from './density-plot.ts';
import { rangeOf, showImage } from './image-show.ts';
import { columnsOf, plotLines } from './line-plot.ts';
import { ticksOf } from './ticks.ts';

const pixelsOf = (uri: string): { width: number; height: number; channels: number; data: ArrayLike<number> } =>
  decode(Buffer.from(uri.slice(uri.indexOf(',') + 1), 'base64'));

describe('colour maps', () => {
  // colormaps['viridis'](i, bytes=True) for i of 0, 127, 255 is (68, 1, 84), (32, 143, 140), (253, 231, 36): there bytes are cut off, here rounded.
  it("are Matplotlib's viridis, step by step", () => {
    expect(viridis(0)).toEqual([68, 1, 84]);
    expect(viridis(127.5 / 256)).toEqual([33, 144, 141]);
    expect(viridis(1)).toEqual([253, 231, 37]);
  });

  it('clamp, and take NaN as the lowest', () => {
    expect(viridis(-3)).toEqual(viridis(0));
    expect(gray(7)).toEqual([255, 255, 255]);
    expect(gray(Number.NaN)).toEqual([0, 0, 0]);
  });
});

describe('showImage', () => {
  it('scales a matrix to its own range', () => {
    const { uri, width, height } = showImage({ shape: [1, 3], data: [-1, 0, 1] }, { cmap: 'binary_r' });
    expect([width, height]).toEqual([3, 1]);
    expect(Array.from(pixelsOf(uri).data)).toEqual([0, 128, 255]);
  });

  it('shows RGB as it is, clipped', () => {
    const { data, channels } = pixelsOf(showImage({ shape: [1, 2, 3], data: [0, 1, 2, -1, 0.5, 1] }).uri);
    expect(channels).toBe(3);
    expect(Array.from(data)).toEqual([0, 255, 255, 0, 128, 255]);
  });

  it('keeps the pixels of an image that is shown enlarged, and smooths one that is shrunk', () => {
    const wide = (width: number): boolean => showImage({ shape: [1, width], data: new Float32Array(width) }).pixelated;
    expect([3, 200, 393].map(wide)).toEqual([true, true, false]);
  });

  it('draws a constant matrix and names a shape it cannot draw', () => {
    expect(Array.from(pixelsOf(showImage({ shape: [1, 1], data: [4] }).uri).data)).toEqual([68, 1, 84]);
    expect(() => showImage({ shape: [4], data: [1, 2, 3, 4] })).toThrow('got [4]');
  });
});

describe('plotLines', () => {
  it('puts the extreme points inside the frame, higher values higher up', () => {
    const { markup } = plotLines([{ x: [0, 1], y: [0, 10] }], 'a <plot>');
    const [[, from], [, to]] = /points="([^"]*)"/
      .exec(markup.text)![1]
      .split(' ')
      .map((point) => point.split(',').map(Number));
    expect(from).toBeGreaterThan(to);
    expect(markup.text).toContain('a &lt;plot&gt;');
  });

  it('takes the columns of a matrix as lines', () => {
    expect(columnsOf({ shape: [2, 2], data: [1, 2, 3, 4] }).map(({ y }) => y)).toEqual([
      [1, 3],
      [2, 4],
    ]);
  });
});

describe('plotDensity', () => {
  it('is opaque where the density is greatest and transparent where there is none', () => {
    const { uri } = plotDensity({ shape: [2, 2, 2], data: [0, 0, 0, 0, 0, 0, 0, 1] }, 'corner').still;
    const { data } = pixelsOf(uri);
    const alphas = Array.from({ length: data.length / 4 }, (_, pixel) => data[pixel * 4 + 3]);
    expect(rangeOf(alphas)).toEqual([0, 255]);
    expect(alphas.filter((alpha) => alpha > 0).length).toBeLessThan(80);
  });
});

describe('densitySlice', () => {
  it('has x to the right and y upwards, in the colours of the whole density', () => {
    // [x, y, z]: the value says where it is.
    const density = { shape: [2, 3, 2], data: Array.from({ length: 12 }, (_, index) => index) };
    const { width, height, pixels, range } = densitySlice(density, 1);
    expect([width, height, range]).toEqual([2, 3, [1, 11]]);
    const colorAt = (row: number, column: number): number[] =>
      Array.from(pixels.subarray((row * 2 + column) * 4, (row * 2 + column) * 4 + 3));
    // The lowest row is y = 0: values 1 and 7.
    expect(colorAt(2, 0)).toEqual([...viridis(1 / 11)]);
    expect(colorAt(2, 1)).toEqual([...viridis(7 / 11)]);
    expect(colorAt(0, 1)).toEqual([...viridis(1)]);
  });
});

describe('ticksOf and rangeOf', () => {
  it('are round and inside', () => {
    expect(ticksOf(0, 10)).toEqual([0, 2, 4, 6, 8, 10]);
    expect(ticksOf(-0.13, 0.31)).toEqual([-0.1, 0, 0.1, 0.2, 0.3]);
    expect(ticksOf(3, 3)).toEqual([3]);
  });

  it('skip what is not finite', () => {
    expect(rangeOf([Number.NaN, 2, Infinity, -1])).toEqual([-1, 2]);
    expect(rangeOf([])).toEqual([0, 0]);
  });
});
