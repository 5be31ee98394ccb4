/** Stored elements to tensors. A dtype that .npy files of the goldens lack is stored as bits or pairs (goldens/README.md). */
import { DTYPES, sizeOf, zeros, type DType, type Elements, type Tensor } from '@laxconv/api/backend';
import { GoldenError } from './golden-error.ts';
import type { StoredArray } from './manifest.ts';
import type { Descr, StoredElements } from './npy.ts';

/** The descr that holds a dtype's elements. Floats whose values are all small integers may be stored as '|i1' too. */
const DESCR_OF: Readonly<Record<DType, Descr>> = {
  bool: '|u1',
  int8: '|i1',
  int16: '<i2',
  int32: '<i4',
  int64: '<u4',
  uint8: '|u1',
  uint16: '<u2',
  uint32: '<u4',
  uint64: '<u4',
  float16: '<u2',
  bfloat16: '<u2',
  float32: '<f4',
  float64: '<f8',
  complex64: '<f4',
  complex128: '<f8',
};

/** The tensor that `stored` names in its file's elements. */
export function toTensor({ dtype, shape, file = '', offset = 0 }: StoredArray, elements: StoredElements, descr = DESCR_OF[dtype]): Tensor {
  const tensor = zeros(shape, dtype);
  const isCompact = descr === '|i1' && (dtype === 'float32' || dtype === 'float64');
  if (descr !== DESCR_OF[dtype] && !isCompact) throw new GoldenError(file, `holds ${descr}, in which ${dtype} is not stored`);
  const isPairs = dtype === 'int64' || dtype === 'uint64';
  const count = sizeOf(shape) * DTYPES[dtype].components * (isPairs ? 2 : 1);
  if (offset + count > elements.length) {
    throw new GoldenError(file, `ends at element ${elements.length}, an array of it at ${offset + count}`);
  }
  const part = elements.subarray(offset, offset + count);
  // The low word comes first, as in the memory of a little-endian 64-bit integer.
  const source: Elements = isPairs ? new BigInt64Array(part.slice().buffer) : part;
  const target: Elements = tensor.data;
  for (let index = 0; index < target.length; index++) target[index] = source[index];
  return tensor;
}
