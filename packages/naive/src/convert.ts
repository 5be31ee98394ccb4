/** A tensor's elements in another dtype, written into memory that is already there. */
import { DTYPES, elementConverter, elementReader, type DataOf, type DType } from '@laxconv/api/backend';

/** Fills `target` (zeros, or a previous conversion) with `source` as JAX's astype converts it. A real becomes a complex without imaginary part. */
export function convertInto<T extends DType>(
  source: DataOf<ArrayBufferLike>[DType],
  from: DType,
  target: DataOf<ArrayBufferLike>[T],
  to: T,
): void {
  const read = elementReader(from);
  const convert = elementConverter(from, to);
  const elements: { [index: number]: number | bigint } = target;
  const step = DTYPES[to].components / DTYPES[from].components;
  for (let index = 0; index < source.length; index++) elements[index * step] = convert(read(source, index));
}
