/**
 * What a typed array is, whatever it says of itself: the platform's own getters, which neither a subclass nor a property of the array's
 * own can change. Of any realm.
 */

const TYPED_ARRAY = Object.getPrototypeOf(Uint8Array.prototype) as object;

const tag = getterOf(TYPED_ARRAY, Symbol.toStringTag) as Getter<string | undefined>;
const length = getterOf(TYPED_ARRAY, 'length') as Getter<number>;
const byteLength = getterOf(TYPED_ARRAY, 'byteLength') as Getter<number>;
const byteOffset = getterOf(TYPED_ARRAY, 'byteOffset') as Getter<number>;
const buffer = getterOf(TYPED_ARRAY, 'buffer') as Getter<ArrayBufferLike>;

// Not every platform has these.
const detached = getterOf(ArrayBuffer.prototype, 'detached') as Getter<boolean> | undefined;
const resizable = getterOf(ArrayBuffer.prototype, 'resizable') as Getter<boolean> | undefined;
const growable =
  typeof SharedArrayBuffer === 'function' ? (getterOf(SharedArrayBuffer.prototype, 'growable') as Getter<boolean>) : undefined;

type Getter<T> = (this: unknown) => T;

function getterOf(prototype: object, name: string | symbol): Getter<unknown> | undefined {
  return Object.getOwnPropertyDescriptor(prototype, name)?.get;
}

/** The name of a view's class. A proxy of a typed array is none: it has no memory. */
export function classOf(view: ArrayBufferView): string {
  return tag.call(view) ?? 'DataView';
}

/** Elements; 0 where the memory is gone. */
export function lengthOf(array: ArrayBufferView): number {
  return length.call(array);
}

/** Bytes; 0 where the memory is gone. */
export function byteLengthOf(array: ArrayBufferView): number {
  return byteLength.call(array);
}

/** Bytes from the start of the buffer; 0 where the memory is gone. */
export function byteOffsetOf(array: ArrayBufferView): number {
  return byteOffset.call(array);
}

/** The memory that the array looks at. */
export function bufferOf(array: ArrayBufferView): ArrayBufferLike {
  return buffer.call(array);
}

/** True where the memory was transferred away. */
export function isDetached(array: ArrayBufferView): boolean {
  return lengthOf(array) === 0 && holds(detached, bufferOf(array));
}

/** True where the memory may change its size. */
export function isResizable(array: ArrayBufferView): boolean {
  const memory = bufferOf(array);
  // A guess: what of another realm is shared is found by its refusal.
  return isShared(memory) ? holds(growable, memory) : holds(resizable, memory, growable);
}

function isShared(memory: ArrayBufferLike): boolean {
  return typeof SharedArrayBuffer === 'function' && memory instanceof SharedArrayBuffer;
}

/** Shared memory does not have what other memory has, and the other way about: then `other` is asked. */
function holds(fact: Getter<boolean> | undefined, memory: ArrayBufferLike, other?: Getter<boolean>): boolean {
  try {
    return fact?.call(memory) ?? false;
  } catch {
    return other !== undefined && holds(other, memory);
  }
}
