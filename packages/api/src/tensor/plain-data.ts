/**
 * A caller's data as a plain array. What the caller's array says of its length, or does in its methods, may be anything: a subclass has
 * getters, an array takes properties. Code that reads or writes the elements has a plain typed array in hand, over the same bytes.
 */
import { DTYPES, type DataOf, type DType } from './dtype.ts';
import { bufferOf, byteOffsetOf, isResizable, lengthOf } from './intrinsics.ts';

type Data = DataOf<ArrayBufferLike>[DType];

/** A new plain array over the elements of `data`. */
export function plainView(dtype: DType, data: ArrayBufferView): Data {
  const { array: TypedArray } = DTYPES[dtype];
  const [buffer, byteOffset, length] = [bufferOf(data), byteOffsetOf(data), lengthOf(data)];
  if (isResizable(data)) {
    // It may follow the size of its memory, and so does this one: that the data was resized must show.
    const following = new TypedArray(buffer, byteOffset);
    if (lengthOf(following) === length) return following;
  }
  return new TypedArray(buffer, byteOffset, length);
}

/** What says where the elements are, and what is handed memory of a backend's. */
const MEMBERS = ['length', 'byteLength', 'byteOffset', 'buffer', 'set'];

/** `data` itself, or a plain array over its elements where it is none. Allocates nothing for what is plain. */
export function plainData(dtype: DType, data: ArrayBufferView): Data {
  return isPlain(dtype, data) ? (data as Data) : plainView(dtype, data);
}

/** True where `data` is an array of this realm's class of `dtype` itself, and has no property that hides one of the class. */
export function isPlain(dtype: DType, data: ArrayBufferView): boolean {
  if (Object.getPrototypeOf(data) !== DTYPES[dtype].array.prototype) return false;
  for (let index = 0; index < MEMBERS.length; index++) if (Object.hasOwn(data, MEMBERS[index])) return false;
  return true;
}
