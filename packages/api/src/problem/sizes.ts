/** Sizes along a dimension. */

/** A size after dilation: d − 1 holes between elements; 0 stays 0. */
export function dilate(size: number, dilation: number): number {
  return Math.max(0, 1 + dilation * (size - 1));
}

/** Positions of a window of `window` elements, holes included, that moves by `stride` over `size` elements. */
export function positions(size: number, window: number, stride: number): number {
  return Math.max(0, Math.floor((size - window) / stride) + 1);
}
