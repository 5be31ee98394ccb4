/** The operands of the examples in `docs/migrating.md`: 0, 1, 2, 3, 4, 0, 1, … in order, in every library. */
import { tensor, type Tensor } from '@laxconv/api';

const PERIOD = 5;

/** As many numbers as a tensor of this shape has. */
export function countingNumbers(shape: readonly number[]): Float32Array<ArrayBuffer> {
  const length = shape.reduce((product, size) => product * size, 1);
  return Float32Array.from({ length }, (_, index) => index % PERIOD);
}

/** The same as a tensor of ours. */
export function count(...shape: readonly number[]): Tensor<'float32'> {
  return tensor(countingNumbers(shape), shape);
}
