/** Precision: JAX's spellings to the three levels. Mirrors `canonicalize_precision` in jax/_src/lax/lax.py. */
import { refuse } from '../errors.ts';
import type { Precision } from '../problem/problem.ts';
import { describe } from '../tensor/describe.ts';

/** A level of precision by name: the members of `jax.lax.Precision` and their aliases. */
export type PrecisionName = 'default' | 'fastest' | 'bfloat16' | 'high' | 'tensorfloat32' | 'bfloat16_3x' | 'highest' | 'float32';

/** A member of `jax.lax.DotAlgorithmPreset`. */
export type DotAlgorithmName =
  | 'DEFAULT'
  | 'ANY_F8_ANY_F8_F32'
  | 'ANY_F8_ANY_F8_F32_FAST_ACCUM'
  | 'ANY_F8_ANY_F8_ANY'
  | 'ANY_F8_ANY_F8_ANY_FAST_ACCUM'
  | 'F16_F16_F16'
  | 'F16_F16_F32'
  | 'BF16_BF16_BF16'
  | 'BF16_BF16_F32'
  | 'BF16_BF16_F32_X3'
  | 'BF16_BF16_F32_X6'
  | 'BF16_BF16_F32_X9'
  | 'TF32_TF32_F32'
  | 'TF32_TF32_F32_X3'
  | 'F32_F32_F32'
  | 'F64_F64_F64';

const LEVELS: Readonly<Record<PrecisionName, Precision>> = {
  default: 'default',
  fastest: 'default',
  bfloat16: 'default',
  high: 'high',
  bfloat16_3x: 'high',
  tensorfloat32: 'high',
  highest: 'highest',
  float32: 'highest',
};

/** lax.DotAlgorithmPreset: full operands with float32 or float64 accumulation are highest, the split ones high, others default. */
const ALGORITHMS: Readonly<Record<DotAlgorithmName, Precision>> = {
  DEFAULT: 'default',
  ANY_F8_ANY_F8_F32: 'default',
  ANY_F8_ANY_F8_F32_FAST_ACCUM: 'default',
  ANY_F8_ANY_F8_ANY: 'default',
  ANY_F8_ANY_F8_ANY_FAST_ACCUM: 'default',
  F16_F16_F16: 'default',
  F16_F16_F32: 'default',
  BF16_BF16_BF16: 'default',
  BF16_BF16_F32: 'default',
  BF16_BF16_F32_X3: 'high',
  BF16_BF16_F32_X6: 'high',
  BF16_BF16_F32_X9: 'high',
  TF32_TF32_F32: 'high',
  TF32_TF32_F32_X3: 'high',
  F32_F32_F32: 'highest',
  F64_F64_F64: 'highest',
};

const RANK: Readonly<Record<Precision, number>> = { default: 0, high: 1, highest: 2 };

/** The level of a `precision` argument: a level's name, an algorithm's name, a pair of level names (the higher counts), or null. */
export function resolvePrecision(op: string, precision: unknown): Precision {
  if (precision === undefined || precision === null) return 'default';
  if (typeof precision === 'string') {
    const level = own(LEVELS, precision) ?? own(ALGORITHMS, precision);
    if (level) return level;
  }
  if (Array.isArray(precision) && precision.length === 2 && precision.every((one) => typeof one === 'string')) {
    const pair: readonly string[] = precision;
    const levels = pair.map((one) => own(LEVELS, one));
    const misplaced = pair.find((one) => own(ALGORITHMS, one) !== undefined);
    // JAX reads the two in order: an unknown name before the algorithm's is found first.
    const unknownFirst = pair.findIndex((one, i) => levels[i] === undefined && own(ALGORITHMS, one) === undefined);
    if (misplaced !== undefined && (unknownFirst === -1 || unknownFirst > pair.indexOf(misplaced))) {
      throw refuse(
        'precision/pair',
        `a pair of precisions is made of level names; the algorithm ${describe(misplaced)} stands alone; got ${describe(precision)}`,
        {
          op,
          argument: 'precision',
          values: { precision },
        },
      );
    }
    const [first, second] = levels;
    if (first && second) return RANK[first] >= RANK[second] ? first : second;
  }
  throw refuse(
    'precision/value',
    `precision must be null, one of ${Object.keys(LEVELS).join(', ')}, a pair of these, or an algorithm name such as 'F32_F32_F32', got ${describe(precision)}`,
    { op, argument: 'precision', values: { precision } },
  );
}

/** True for the name of a lax.DotAlgorithmPreset. */
export function isAlgorithmName(precision: unknown): boolean {
  return typeof precision === 'string' && own(ALGORITHMS, precision) !== undefined;
}

function own(table: Readonly<Record<string, Precision>>, key: string): Precision | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
