/** Where the elements of a row-major tensor lie. */

/**
 * Row-major element strides of a shape.
 *
 * @example
 * rowMajorStrides([2, 3, 4]); // → [12, 4, 1]
 */
export function rowMajorStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis];
  }
  return strides;
}
