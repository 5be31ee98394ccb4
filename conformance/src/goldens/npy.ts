/**
 * The .npy fence: the only file that knows numpy-parser, and the check of everything that it lets pass. Goldens are rank-1,
 * little-endian arrays of eight descrs; numpy-parser 1.2.3 reads these, gives rank-1 shapes a second axis, accepts truncated files, and
 * takes an ArrayBuffer but no view of one.
 */
import { fromArrayBuffer } from 'numpy-parser';
import { GoldenError } from './golden-error.ts';
import { messageOf } from '../suite/message-of.ts';

/** The descrs that goldens use: what numpy-parser reads. */
export const DESCRS = ['|u1', '|i1', '<u2', '<i2', '<u4', '<i4', '<f4', '<f8'] as const;
/** The element types that are stored, as NumPy writes them. */
export type Descr = (typeof DESCRS)[number];

/** Elements of a .npy file as they are stored. */
export type StoredElements = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

const ARRAY_OF: Readonly<Record<Descr, string>> = {
  '|u1': 'Uint8Array',
  '|i1': 'Int8Array',
  '<u2': 'Uint16Array',
  '<i2': 'Int16Array',
  '<u4': 'Uint32Array',
  '<i4': 'Int32Array',
  '<f4': 'Float32Array',
  '<f8': 'Float64Array',
};

/**
 * The elements of a rank-1 .npy file.
 * @throws GoldenError when `bytes` are not such a file with exactly `count` elements of `descr`.
 */
export function readNpy(
  file: string,
  bytes: Uint8Array,
  { descr, count }: { readonly descr: Descr; readonly count: number },
): StoredElements {
  let parsed: ReturnType<typeof fromArrayBuffer>;
  try {
    // A copy of its own: the bytes may be a view into a larger buffer, at any offset.
    parsed = fromArrayBuffer(bytes.slice().buffer);
  } catch (cause) {
    throw new GoldenError(file, `is not a readable .npy file: ${messageOf(cause)}`, cause);
  }
  const { data, shape } = parsed;
  if (data.constructor.name !== ARRAY_OF[descr]) {
    throw new GoldenError(file, `holds a ${data.constructor.name}, the manifest says ${descr}`);
  }
  const [stated, ...rest] = shape;
  if (rest.some((size) => size !== 1)) throw new GoldenError(file, `has shape [${shape.join(', ')}], goldens are rank-1 arrays`);
  if (data.length !== stated)
    throw new GoldenError(file, `is truncated or too long: its header says ${stated} elements, it has ${data.length}`);
  if (data.length !== count) throw new GoldenError(file, `has ${data.length} elements, the manifest says ${count}`);
  return data;
}
