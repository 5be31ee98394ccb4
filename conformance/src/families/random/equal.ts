/** Exact comparison of tensors, with a sentence that shows the first difference. */
import { DTYPES, sizeOf, type AnyTensor } from '@laxconv/api/backend';
import { ConformanceFailure } from '../../suite/test.ts';
import { decoderOf } from './arithmetic.ts';

/** Throws unless `got` has the dtype, shape and numbers of `expected`; 0 and −0 are equal, and so are NaNs. `rule` says why they should be. */
export function expectEqual(got: AnyTensor, expected: AnyTensor, rule: string): void {
  expectForm(got, expected, rule);
  const decode = decoderOf(expected.dtype);
  let differing = 0;
  let first = -1;
  for (let index = 0; index < expected.data.length; index++) {
    const a = decode(got.data[index]);
    const b = decode(expected.data[index]);
    if (a === b || (Number.isNaN(a) && Number.isNaN(b))) continue;
    if (differing++ === 0) first = index;
  }
  if (differing === 0) return;
  const { components } = DTYPES[expected.dtype];
  const at = positionOf(Math.floor(first / components), expected.shape);
  const part = components === 2 ? [' (re)', ' (im)'][first % 2] : '';
  throw new ConformanceFailure(
    `${rule}: element [${at.join(', ')}]${part} is ${String(decode(got.data[first]))}, not ${String(decode(expected.data[first]))}` +
      ` (${differing} of ${expected.data.length} array elements differ)`,
  );
}

/** Throws unless `got` is a host tensor of this dtype and shape, with the right data. */
export function expectForm(got: AnyTensor, expected: { dtype: AnyTensor['dtype']; shape: readonly number[] }, rule: string): void {
  const { dtype, shape } = expected;
  if (got.dtype !== dtype) throw new ConformanceFailure(`${rule}: the result's dtype is ${got.dtype}, not ${dtype}`);
  if (got.shape.length !== shape.length || shape.some((size, axis) => got.shape[axis] !== size)) {
    throw new ConformanceFailure(`${rule}: the result's shape is [${got.shape.join(', ')}], not [${shape.join(', ')}]`);
  }
  const { array, components } = DTYPES[dtype];
  const tag = Object.prototype.toString.call(got.data).slice(8, -1);
  if (tag !== array.name) throw new ConformanceFailure(`${rule}: the result's data is a ${tag}, not a ${array.name}`);
  const length = sizeOf(shape) * components;
  if (got.data.length !== length) throw new ConformanceFailure(`${rule}: the result's data has ${got.data.length} elements, not ${length}`);
}

function positionOf(index: number, shape: readonly number[]): number[] {
  const position = new Array<number>(shape.length);
  let rest = index;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    position[axis] = rest % shape[axis];
    rest = Math.floor(rest / shape[axis]);
  }
  return position;
}
