/** Held against tables recorded from JAX 0.10.2 with jax_enable_x64. Rows and columns are the dtypes in the order of `SHORT`. */
import { expect, test } from 'vitest';
import { ruleOf } from '../rule-of.test.fixture.ts';
import { DTYPE_NAMES, type DType } from '../tensor/dtype.ts';
import { checkPreferredDType, checkSameDType, higherPrecision, preferredDType, promote, toInexact } from './dtype-rules.ts';

const SHORT: Readonly<Record<string, DType>> = {
  b1: 'bool',
  i1: 'int8',
  i2: 'int16',
  i4: 'int32',
  i8: 'int64',
  u1: 'uint8',
  u2: 'uint16',
  u4: 'uint32',
  u8: 'uint64',
  f2: 'float16',
  bf: 'bfloat16',
  f4: 'float32',
  f8: 'float64',
  c8: 'complex64',
  c16: 'complex128',
};

function cells(table: string): [row: DType, column: DType, cell: string][] {
  return table
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [row, ...values] = line.trim().split(/\s+/);
      return values.map((value, index): [DType, DType, string] => [SHORT[row], Object.values(SHORT)[index], value]);
    });
}

test('promote is jnp.promote_types', () => {
  const recorded = cells(`
     b1   b1  i1  i2  i4  i8  u1  u2  u4  u8  f2  bf  f4  f8  c8 c16
     i1   i1  i1  i2  i4  i8  i2  i4  i8  f8  f2  bf  f4  f8  c8 c16
     i2   i2  i2  i2  i4  i8  i2  i4  i8  f8  f2  bf  f4  f8  c8 c16
     i4   i4  i4  i4  i4  i8  i4  i4  i8  f8  f2  bf  f4  f8  c8 c16
     i8   i8  i8  i8  i8  i8  i8  i8  i8  f8  f2  bf  f4  f8  c8 c16
     u1   u1  i2  i2  i4  i8  u1  u2  u4  u8  f2  bf  f4  f8  c8 c16
     u2   u2  i4  i4  i4  i8  u2  u2  u4  u8  f2  bf  f4  f8  c8 c16
     u4   u4  i8  i8  i8  i8  u4  u4  u4  u8  f2  bf  f4  f8  c8 c16
     u8   u8  f8  f8  f8  f8  u8  u8  u8  u8  f2  bf  f4  f8  c8 c16
     f2   f2  f2  f2  f2  f2  f2  f2  f2  f2  f2  f4  f4  f8  c8 c16
     bf   bf  bf  bf  bf  bf  bf  bf  bf  bf  f4  bf  f4  f8  c8 c16
     f4   f4  f4  f4  f4  f4  f4  f4  f4  f4  f4  f4  f4  f8  c8 c16
     f8   f8  f8  f8  f8  f8  f8  f8  f8  f8  f8  f8  f8  f8 c16 c16
     c8   c8  c8  c8  c8  c8  c8  c8  c8  c8  c8  c8  c8 c16  c8 c16
    c16  c16 c16 c16 c16 c16 c16 c16 c16 c16 c16 c16 c16 c16 c16 c16`);
  expect(recorded).toHaveLength(DTYPE_NAMES.length ** 2);
  expect(recorded.map(([a, b]) => [a, b, promote(a, b)])).toEqual(recorded.map(([a, b, cell]) => [a, b, SHORT[cell]]));
});

test('higherPrecision is the dtype of conv_general_dilated_local', () => {
  const recorded = cells(`
     b1   b1  i1  i2  i4  i8  u1  u2  u4  u8  f2  bf  f4  f8  c8 c16
     i1   i1  i1  i2  i4  i8  i1  u2  u4  u8  f2  bf  f4  f8  c8 c16
     i2   i2  i2  i2  i4  i8  i2  i2  u4  u8  f2  bf  f4  f8  c8 c16
     i4   i4  i4  i4  i4  i8  i4  i4  i4  u8  f2  bf  f4  f8  c8 c16
     i8   i8  i8  i8  i8  i8  i8  i8  i8  i8  f2  bf  f4  f8  c8 c16
     u1   u1  i1  i2  i4  i8  u1  u2  u4  u8  f2  bf  f4  f8  c8 c16
     u2   u2  u2  i2  i4  i8  u2  u2  u4  u8  f2  bf  f4  f8  c8 c16
     u4   u4  u4  u4  i4  i8  u4  u4  u4  u8  f2  bf  f4  f8  c8 c16
     u8   u8  u8  u8  u8  i8  u8  u8  u8  u8  f2  bf  f4  f8  c8 c16
     f2   f2  f2  f2  f2  f2  f2  f2  f2  f2  f2  bf  f4  f8  c8 c16
     bf   bf  bf  bf  bf  bf  bf  bf  bf  bf  bf  bf  f4  f8  c8 c16
     f4   f4  f4  f4  f4  f4  f4  f4  f4  f4  f4  f4  f4  f8  c8 c16
     f8   f8  f8  f8  f8  f8  f8  f8  f8  f8  f8  f8  f8  f8  c8 c16
     c8   c8  c8  c8  c8  c8  c8  c8  c8  c8  c8  c8  c8  c8  c8 c16
    c16  c16 c16 c16 c16 c16 c16 c16 c16 c16 c16 c16 c16 c16 c16 c16`);
  expect(recorded).toHaveLength(DTYPE_NAMES.length ** 2);
  expect(recorded.map(([a, b]) => [a, b, higherPrecision(a, b)])).toEqual(recorded.map(([a, b, cell]) => [a, b, SHORT[cell]]));
});

test('preferred_element_type is validated as JAX does', () => {
  const rules = { k: 'kind', s: 'signedness', n: 'narrower' } as const;
  const recorded = cells(`
     b1  + + + + + + + + + + + + + + +
     i1  k + + + + s s s s + + + + k k
     i2  k n + + + s s s s + + + + k k
     i4  k n n + + s s s s n n + + k k
     i8  k n n n + s s s s n n n + k k
     u1  k + + + + + + + + + + + + k k
     u2  k n + + + n + + + + + + + k k
     u4  k n n + + n n + + n n + + k k
     u8  k n n n + n n n + n n n + k k
     f2  k k k k k k k k k + + + + k k
     bf  k k k k k k k k k + + + + k k
     f4  k k k k k k k k k n n + + k k
     f8  k k k k k k k k k n n n + k k
     c8  k k k k k k k k k k k k k + +
    c16  k k k k k k k k k k k k k n +`);
  expect(recorded.map(([input, preferred]) => [input, preferred, ruleOf(() => checkPreferredDType('lax.conv', input, preferred))])).toEqual(
    recorded.map(([input, preferred, cell]) => [
      input,
      preferred,
      cell === '+' ? undefined : `preferred-element-type/${rules[cell as keyof typeof rules]}`,
    ]),
  );
});

test('inexact: 64-bit integers to float64, others and bool to float32', () => {
  expect(DTYPE_NAMES.map(toInexact)).toEqual(
    DTYPE_NAMES.map((dtype) => (dtype.endsWith('int64') ? 'float64' : /bool|int/.test(dtype) ? 'float32' : dtype)),
  );
});

test('preferred dtypes are names of the table; null and undefined are none', () => {
  expect([undefined, null, 'int8'].map((value) => preferredDType('lax.conv', value))).toEqual([undefined, undefined, 'int8']);
  for (const value of ['float', 'int', 'double', '<f4', 'float8_e4m3fn', 'toString', '', 0, ['float32'], {}]) {
    expect(ruleOf(() => preferredDType('lax.conv', value))).toBe('preferred-element-type/dtype');
  }
});

test('lax does not promote', () => {
  expect(ruleOf(() => checkSameDType('lax.conv', 'float32', 'float32'))).toBeUndefined();
  expect(ruleOf(() => checkSameDType('lax.conv', 'float32', 'float16'))).toBe('dtype/mismatch');
});
