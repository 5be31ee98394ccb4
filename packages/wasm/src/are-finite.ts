/** Whether weights are finite, by their bits. */
import { DTYPES, type DType } from '@laxconv/api/backend';

/** The exponent's bits in the widest word that holds one component. */
const EXPONENT: Partial<Record<DType, number>> = { float16: 0x7c00, bfloat16: 0x7f80, float32: 0x7f800000, complex64: 0x7f800000 };

/** False where some element of `data` is infinite or NaN. */
export function areFinite(data: ArrayBufferView, dtype: DType): boolean {
  const { kind } = DTYPES[dtype];
  if (kind !== 'float' && kind !== 'complex') return true;
  const { buffer, byteOffset, byteLength } = data;
  const mask = EXPONENT[dtype];
  if (mask === undefined) return new Float64Array(buffer, byteOffset, byteLength / 8).every((value) => Number.isFinite(value));
  const words = mask < 0x10000 ? new Uint16Array(buffer, byteOffset, byteLength / 2) : new Int32Array(buffer, byteOffset, byteLength / 4);
  for (let index = 0; index < words.length; index++) if ((words[index] & mask) === mask) return false;
  return true;
}
