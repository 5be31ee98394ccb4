/** Array elements and the numbers they stand for, by dtype: bits of the 16-bit floats, bigints of the 64-bit integers. */
import { fromBfloat16Bits, fromFloat16Bits, toBfloat16Bits, toFloat16Bits, type DType } from '@laxconv/api/backend';

/** Reads what an array element stands for. */
export function decoderOf(dtype: DType): (element: number | bigint) => number | bigint {
  if (dtype === 'float16') return (element) => fromFloat16Bits(Number(element));
  if (dtype === 'bfloat16') return (element) => fromBfloat16Bits(Number(element));
  return (element) => element;
}

/** Turns a number into the array element that stands for it. */
export function encoderOf(dtype: DType): (value: number | bigint) => number | bigint {
  if (dtype === 'float16') return (value) => toFloat16Bits(Number(value));
  if (dtype === 'bfloat16') return (value) => toBfloat16Bits(Number(value));
  if (dtype === 'int64') return (value) => BigInt.asIntN(64, BigInt(value));
  if (dtype === 'uint64') return (value) => BigInt.asUintN(64, BigInt(value));
  if (dtype === 'bool') return (value) => (Number(value) === 0 ? 0 : 1);
  return Number;
}
