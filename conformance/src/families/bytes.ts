/** Tensors as bytes: what is compared where not a bit may differ. */
import type { AnyTensor } from '@laxconv/api/backend';

/** The bytes of a tensor's data. */
export function bytesOf({ data }: AnyTensor): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** A copy of a tensor's bytes, to compare with later. */
export function snapshot(tensor: AnyTensor): Uint8Array {
  return bytesOf(tensor).slice();
}

/** Whether two byte strings are equal. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
