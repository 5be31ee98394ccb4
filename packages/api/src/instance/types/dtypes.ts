/** dtypes at compile time: what JAX promotes a pair to, and what it may accumulate in. The type tests hold them to the runtime rules. */
import type { DType } from '../../tensor/dtype.ts';

/**
 * By operands' dtype, what `preferredElementType` may be: the same kind and no narrower; integers may go to floats, but signed ones not
 * to unsigned ones; bool may go anywhere.
 *
 * Source: `_validate_preferred_element_type` in jax/_src/lax/lax.py.
 */
export interface Wider {
  /** Any dtype; beside bool, where the sum is OR, it counts. */
  bool: DType;
  /** Every signed integer and every float. */
  int8: 'int8' | Wider['int16'];
  /** No narrower integers and floats. */
  int16: 'int16' | 'float16' | 'bfloat16' | Wider['int32'];
  /** No narrower integers and floats. */
  int32: 'int32' | 'float32' | Wider['int64'];
  /** Itself or float64. */
  int64: 'int64' | 'float64';
  /** Every integer and every float. */
  uint8: 'uint8' | 'int8' | Wider['uint16'];
  /** No narrower integers and floats. */
  uint16: 'uint16' | 'int16' | 'float16' | 'bfloat16' | Wider['uint32'];
  /** No narrower integers and floats. */
  uint32: 'uint32' | 'int32' | 'float32' | Wider['uint64'];
  /** 64-bit integers and float64. */
  uint64: 'uint64' | 'int64' | 'float64';
  /** Every float; bfloat16 is as wide. */
  float16: 'float16' | 'bfloat16' | Wider['float32'];
  /** Every float; float16 is as wide. */
  bfloat16: 'float16' | 'bfloat16' | Wider['float32'];
  /** Itself or float64. */
  float32: 'float32' | 'float64';
  /** Itself. */
  float64: 'float64';
  /** Itself or complex128. */
  complex64: 'complex64' | 'complex128';
  /** Itself. */
  complex128: 'complex128';
}

/** What may be given as `preferredElementType` for operands of dtype `D`; null and undefined: none. */
export type Preference<D extends DType> = Wider[D] | null | undefined;

/** The dtype of a result: the preferred one, `D` where there is none. */
export type Preferred<P extends DType | null | undefined, D extends DType> = NoInfer<P extends DType ? P : D>;

/** JAX's promotion lattice: of each dtype, itself and all above it. 'float*' is the weak float, which joins the integers to the floats. */
interface Above {
  bool: 'bool' | Above['uint8' | 'int8'];
  uint8: 'uint8' | Above['uint16' | 'int16'];
  uint16: 'uint16' | Above['uint32' | 'int32'];
  uint32: 'uint32' | Above['uint64' | 'int64'];
  uint64: 'uint64' | Above['float*'];
  int8: 'int8' | Above['int16'];
  int16: 'int16' | Above['int32'];
  int32: 'int32' | Above['int64'];
  int64: 'int64' | Above['float*'];
  'float*': 'float*' | Above['float16' | 'bfloat16'];
  float16: 'float16' | Above['float32'];
  bfloat16: 'bfloat16' | Above['float32'];
  float32: 'float32' | Above['float64' | 'complex64'];
  float64: 'float64' | Above['complex128'];
  complex64: 'complex64' | Above['complex128'];
  complex128: 'complex128';
}

/** The member of a set of common upper bounds that lies below all others. */
type Least<Bounds extends keyof Above> = { [T in Bounds]: [Bounds] extends [Above[T]] ? T : never }[Bounds];

/** With jax_enable_x64 on, the weak float is float64. */
type Strong<T> = T extends 'float*' ? 'float64' : T extends DType ? T : never;

/**
 * The dtype that JAX promotes a pair to, such as `Promote<'int8', 'float16'>` = `'float16'`; of unions, the union over the pairs.
 *
 * Source: https://docs.jax.dev/en/latest/jep/9407-type-promotion.html, with `jax_enable_x64`.
 */
export type Promote<A extends DType, B extends DType> = A extends DType
  ? B extends DType
    ? Strong<Least<Above[A] & Above[B]>>
    : never
  : never;

/** What JAX goes inexact to: float32 for bool and 8- to 32-bit integers, float64 for 64-bit integers, else the dtype itself. */
interface InexactOf {
  bool: 'float32';
  int8: 'float32';
  int16: 'float32';
  int32: 'float32';
  int64: 'float64';
  uint8: 'float32';
  uint16: 'float32';
  uint32: 'float32';
  uint64: 'float64';
  float16: 'float16';
  bfloat16: 'bfloat16';
  float32: 'float32';
  float64: 'float64';
  complex64: 'complex64';
  complex128: 'complex128';
}

/** The dtype of the results of `numpy.*` and `scipy.signal.*`: the pair promoted, then made inexact. */
export type Inexact<A extends DType, B extends DType> = InexactOf[Promote<A, B>];
