import { resolve, type ConvCall } from '@laxconv/api';
import { describe, expect, it } from 'vitest';
import { plainConv } from './plain-conv.ts';
import { plainSignal, refuseWithoutFft } from './plain-signal.ts';

const problemOf = (fn: ConvCall['fn'], lhs: number[], rhs: number[], ...args: unknown[]) =>
  resolve({ fn, operands: [lhs, rhs].map((shape) => ({ shape, dtype: 'float32' })), args })[0];

describe('plainSignal', () => {
  it.each([
    ['full', 0, 12],
    ['same', 1, 9],
    ['valid', 3, 6],
  ])('places %s in the full convolution', (mode, start, size) => {
    const signal = plainSignal(plainConv(problemOf('scipy.signal.convolve', [9], [4], mode)));
    expect(signal).toEqual([{ input: 9, kernel: 4, start, size }]);
  });

  it('refuses what is more than a signal and a kernel', () => {
    const conv = (lhs: number[], ...args: unknown[]) =>
      plainSignal(plainConv(problemOf('lax.convGeneralDilated', lhs, [1, 1, 3], ...args)));
    expect(() => conv([2, 1, 9], [1], 'SAME')).toThrow('without channels or a batch');
    expect(() => conv([1, 1, 9], [2], 'SAME')).toThrow('no strides and no dilations');
    expect(() => conv([1, 1, 9], [1], [[3, 0]])).toThrow('nothing beyond the full convolution');
    expect(() => conv([1, 1, 9], [1], [[0, 3]])).toThrow('nothing beyond the full convolution');
  });
});

it('knows where the FFT is forbidden', () => {
  const problem = problemOf('numpy.convolve', [9], [4]);
  expect(() => refuseWithoutFft(problem)).not.toThrow();
  expect(() => refuseWithoutFft({ ...problem, method: 'direct' })).toThrow('forbids');
  expect(() => refuseWithoutFft({ ...problem, precision: 'high' })).toThrow('forbids');
});
