/** Rules about dtypes: JAX's promotion lattice (jax_enable_x64 on), its way to inexact types, and preferred_element_type. */
import { refuse } from '../errors.ts';
import { brokenByResult } from '../problem/result-dtype.ts';
import { DTYPE_NAMES, DTYPES, isDType, type DType } from '../tensor/dtype.ts';
import { describe } from '../tensor/describe.ts';

/** JAX's weak float, which joins the integers to the floats. */
const WEAK_FLOAT = 'float*';
type LatticeType = DType | typeof WEAK_FLOAT;

/**
 * JAX's type promotion lattice (https://docs.jax.dev/en/latest/jep/9407-type-promotion.html): each dtype with the next wider ones.
 * The promotion of a pair is their least upper bound.
 */
const NEXT: Readonly<Record<LatticeType, readonly LatticeType[]>> = {
  bool: ['uint8', 'int8'],
  uint8: ['int16', 'uint16'],
  uint16: ['int32', 'uint32'],
  uint32: ['int64', 'uint64'],
  uint64: [WEAK_FLOAT],
  int8: ['int16'],
  int16: ['int32'],
  int32: ['int64'],
  int64: [WEAK_FLOAT],
  [WEAK_FLOAT]: ['float16', 'bfloat16'],
  float16: ['float32'],
  bfloat16: ['float32'],
  float32: ['float64', 'complex64'],
  float64: ['complex128'],
  complex64: ['complex128'],
  complex128: [],
};

function upperBounds(type: LatticeType): LatticeType[] {
  return [type, ...NEXT[type].flatMap(upperBounds)];
}

/** The dtype that JAX promotes a pair to. */
export function promote(a: DType, b: DType): DType {
  const boundsOfB = upperBounds(b);
  const common = upperBounds(a).filter((type) => boundsOfB.includes(type));
  // There is one: complex128 bounds everything, and no two bounds of a pair stand side by side.
  const least = common.find((type) => common.every((other) => upperBounds(type).includes(other))) as LatticeType;
  // uint64 meets the signed integers only in the weak float, which is float64 with x64 on.
  return least === WEAK_FLOAT ? 'float64' : least;
}

/** The inexact dtype JAX takes for `dtype`: float32 for bool and 8- to 32-bit integers, float64 for 64-bit integers, else itself. */
export function toInexact(dtype: DType): DType {
  const { kind, itemsize } = DTYPES[dtype];
  if (kind === 'float' || kind === 'complex') return dtype;
  return itemsize === 8 ? 'float64' : 'float32';
}

/** Refuses operands of different dtypes, which the lax functions do not promote. */
export function checkSameDType(op: string, lhs: DType, rhs: DType): void {
  if (lhs === rhs) return;
  throw refuse('dtype/mismatch', `lhs and rhs must have the same dtype, got ${lhs} and ${rhs}; convert(tensor, dtype) casts`, {
    op,
    argument: 'rhs',
    values: { lhs, rhs },
  });
}

/** `preferredElementType` as a dtype; null and undefined mean none. */
export function preferredDType(op: string, preferred: unknown): DType | undefined {
  if (preferred === undefined || preferred === null) return undefined;
  if (isDType(preferred)) return preferred;
  throw refuse(
    'preferred-element-type/dtype',
    `preferredElementType must be one of ${DTYPE_NAMES.join(', ')}, got ${describe(preferred)}`,
    {
      op,
      argument: 'preferredElementType',
      values: { preferredElementType: preferred },
    },
  );
}

/** Refuses the pairs that `_validate_preferred_element_type` in jax/_src/lax/lax.py refuses. */
export function checkPreferredDType(op: string, input: DType, preferred: DType): void {
  const rule = brokenByResult(input, preferred);
  if (rule === undefined) return;
  throw refuse(`preferred-element-type/${rule}`, `${WHY_NOT[rule]}, got ${input} → ${preferred}`, {
    op,
    argument: 'preferredElementType',
    values: { input, preferredElementType: preferred },
  });
}

const WHY_NOT = {
  kind: 'preferredElementType must keep the kind of the operands (integers may also go to float)',
  signedness: 'signed operands need a signed preferredElementType',
  narrower: 'preferredElementType must not be narrower than the operands',
} as const;

/** Largest binary exponent and stored significand bits of the floats (and of the parts of the complex dtypes). */
const FLOAT_FORMATS: Readonly<Partial<Record<DType, readonly [maxExponent: number, significandBits: number]>>> = {
  float16: [16, 10],
  bfloat16: [128, 7],
  float32: [128, 23],
  float64: [1024, 52],
  complex64: [128, 23],
  complex128: [1024, 52],
};

/** The dtype that XLA computes a dot product of mixed operands in: mirrors `_dot_general_dtype_rule` in jax/_src/lax/lax.py. */
export function higherPrecision(a: DType, b: DType): DType {
  const rank = (dtype: DType): readonly number[] => {
    const { kind, itemsize, components } = DTYPES[dtype];
    const bits = kind === 'bool' ? 1 : itemsize * 8;
    return [components, ...(FLOAT_FORMATS[dtype] ?? [0, 0]), bits, kind === 'uint' ? 0 : 1];
  };
  const ranks = [rank(a), rank(b)];
  // -1 where both are the same dtype: then either is right.
  const differing = ranks[0].findIndex((value, index) => value !== ranks[1][index]);
  return ranks[0][differing] > ranks[1][differing] ? a : b;
}
