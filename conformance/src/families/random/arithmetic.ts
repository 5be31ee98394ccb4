/** Sums and multiples of whole tensors, element by element, in their dtype's arithmetic: integers wrap, bool is OR. */
import { allocate, DTYPES, type AnyTensor, type Tensor } from '@laxconv/api/backend';
import { decoderOf, encoderOf } from '../../arbitraries/elements.ts';

function map(a: AnyTensor, combine: (value: number | bigint, index: number) => number | bigint): Tensor {
  const data = allocate(a.dtype, a.data.length / DTYPES[a.dtype].components);
  const target: { [index: number]: number | bigint } = data;
  const encode = encoderOf(a.dtype);
  const decode = decoderOf(a.dtype);
  for (let index = 0; index < data.length; index++) target[index] = encode(combine(decode(a.data[index]), index));
  return { dtype: a.dtype, shape: [...a.shape], data };
}

/** a + b */
export function add(a: AnyTensor, b: AnyTensor): Tensor {
  const decode = decoderOf(b.dtype);
  return map(a, (value, index) => {
    const other = decode(b.data[index]);
    return typeof value === 'bigint' ? value + BigInt(other) : value + Number(other);
  });
}

/** factor · a */
export function scale(a: AnyTensor, factor: number): Tensor {
  return map(a, (value) => (typeof value === 'bigint' ? value * BigInt(factor) : value * factor));
}

/** The complex conjugate; a real tensor is its own. */
export function conjugate(a: AnyTensor): Tensor {
  const isComplex = DTYPES[a.dtype].components === 2;
  return map(a, (value, index) => (isComplex && index % 2 === 1 ? -Number(value) : value));
}
