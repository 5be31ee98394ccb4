/** The sentences that newcomers meet first say what to look at. */
import { expect, test } from 'vitest';
import { resolve, type ConvCall } from '../index.ts';
import { tensor } from '../tensor/create.ts';

function messageOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('accepted');
}

const call = (fn: ConvCall['fn'], shapes: readonly (readonly number[])[], ...args: unknown[]) =>
  messageOf(() => resolve({ fn, operands: shapes.map((shape) => ({ shape, dtype: 'float32' })), args }));

test('a forgotten layout: which axes were read as features, of which shapes', () => {
  const message = call(
    'lax.convGeneralDilated',
    [
      [1, 8, 8, 3],
      [3, 3, 3, 4],
    ],
    [1, 1],
    'SAME',
  );
  expect(message).toContain('dimensionNumbers makes these axis 1 of lhs [1, 8, 8, 3] and axis 1 of rhs [3, 3, 3, 4]');
});

test("a lower-case 'same' to convTranspose: upper case is what it reads", () => {
  expect(
    call(
      'lax.convTranspose',
      [
        [1, 8, 8, 3],
        [3, 3, 3, 4],
      ],
      [2, 2],
      'same',
    ),
  ).toContain("'SAME' or 'VALID', in upper case, to convTranspose");
});

test('a mode among the options: it has a place of its own', () => {
  expect(call('numpy.convolve', [[4], [3]], { mode: 'same' })).toContain('in its place before the options, got an object with keys mode');
});

test('a length that does not fit: data, not data.data', () => {
  expect(messageOf(() => tensor(new Float32Array(3), [2, 2]))).toBe('tensor: data must have 4 elements for shape [2, 2], got 3');
});
