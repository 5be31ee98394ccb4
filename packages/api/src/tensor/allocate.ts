/** Memory for a tensor's elements. */
import { refuse } from '../errors.ts';
import { DTYPES, type DataOf, type DType } from './dtype.ts';

/**
 * Zero-filled data for `count` tensor elements.
 *
 * @param dtype The elements' dtype; complex ones take two array elements each.
 * @param count How many.
 * @throws `LaxconvRuntimeError` when there is no memory for it
 * @example
 * allocate('complex64', 2); // → new Float32Array(4)
 */
export function allocate<D extends DType>(dtype: D, count: number): DataOf[D] {
  const { array: TypedArray, components } = DTYPES[dtype];
  try {
    return new TypedArray(count * components) as DataOf[D];
  } catch (cause) {
    throw refuse('memory/exhausted', `no memory for ${count} elements of ${dtype}`, {
      op: 'allocate',
      argument: 'shape',
      values: { dtype, count },
      cause,
    });
  }
}
