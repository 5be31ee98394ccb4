/**
 * What a problem is computed in. Operands are converted to the accumulator's dtype (docs/semantics.md), which the kernels know as one of
 * five arithmetics. Complex numbers are pairs of reals: a complex convolution is a real one with twice the features on both sides.
 */
import { accumulatorOf, type ConvProblem, type DType } from '@laxconv/api/backend';

/** The arithmetic of a kernel. i16 multiplies 16-bit operands and adds in 32 bits. */
export type Arithmetic = 'f32' | 'f64' | 'i16' | 'i32' | 'i64';

/** The form of the elements of a tensor in memory, component by component. */
export type Storage = 'u8' | 'i8' | 'u16' | 'i16' | 'u32' | 'i32' | 'u64' | 'i64' | 'f16' | 'bf16' | 'f32' | 'f64' | 'bool';

const STORAGE: Readonly<Record<DType, Storage>> = {
  bool: 'bool',
  int8: 'i8',
  int16: 'i16',
  int32: 'i32',
  int64: 'i64',
  uint8: 'u8',
  uint16: 'u16',
  uint32: 'u32',
  uint64: 'u64',
  float16: 'f16',
  bfloat16: 'bf16',
  float32: 'f32',
  float64: 'f64',
  complex64: 'f32',
  complex128: 'f64',
};

/** Bytes of an operand's element, and of a sum. */
export const ARITHMETICS: Readonly<Record<Arithmetic, { readonly operandBytes: number; readonly sumBytes: number }>> = {
  f32: { operandBytes: 4, sumBytes: 4 },
  f64: { operandBytes: 8, sumBytes: 8 },
  i16: { operandBytes: 2, sumBytes: 4 },
  i32: { operandBytes: 4, sumBytes: 4 },
  i64: { operandBytes: 8, sumBytes: 8 },
};

/** The arithmetic of `problem`. */
export function arithmeticOf(problem: ConvProblem): Arithmetic {
  switch (accumulatorOf(problem)) {
    case 'float32':
    case 'complex64':
      return 'f32';
    case 'float64':
    case 'complex128':
      return 'f64';
    case 'int64':
    case 'uint64':
      return 'i64';
    default:
      // Products of 16-bit integers are exact in 32 bits, and sums modulo 2³² are right modulo every narrower width.
      return ['bool', 'int8', 'uint8', 'int16'].includes(problem.lhs.dtype) ? 'i16' : 'i32';
  }
}

/** The conversion that brings elements of `dtype` into `arithmetic`; null where they are that already. */
export function conversionTo(dtype: DType, arithmetic: Arithmetic): string | null {
  const storage = STORAGE[dtype] === 'bool' ? 'u8' : STORAGE[dtype];
  const sameBits = storage === arithmetic || (storage === 'u32' && arithmetic === 'i32') || (storage === 'u64' && arithmetic === 'i64');
  return sameBits ? null : `convert_${storage}_${arithmetic}`;
}

/** The conversion that brings sums of `arithmetic` to `dtype`; null where they are that already. */
export function conversionFrom(arithmetic: Arithmetic, dtype: DType): string | null {
  const sums = arithmetic === 'i16' ? 'i32' : arithmetic;
  const signed: Partial<Record<Storage, Storage>> = { u8: 'i8', u16: 'i16', u32: 'i32', u64: 'i64' };
  const storage = signed[STORAGE[dtype]] ?? STORAGE[dtype];
  return storage === sums ? null : `convert_${sums}_${storage}`;
}
