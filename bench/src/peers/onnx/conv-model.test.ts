import { resolve, type ConvCall } from '@laxconv/api';
import { describe, expect, it } from 'vitest';
import { plainConv } from '../plain-conv.ts';
import { dataShape, encodeConvModel, onnxConv } from './conv-model.ts';

const conv = (lhs: number[], rhs: number[], ...args: unknown[]) => {
  const operands: ConvCall['operands'] = [lhs, rhs].map((shape) => ({ shape, dtype: 'float32' }));
  const [problem] = resolve({ fn: 'lax.convGeneralDilated', operands, args });
  return onnxConv(plainConv(problem));
};

describe('onnxConv', () => {
  it('is a Conv with the pads of all beginnings before all ends', () => {
    const pads = [
      [1, 2],
      [3, 4],
    ];
    expect(conv([2, 4, 8, 9], [6, 2, 3, 5], [1, 2], pads, { featureGroupCount: 2, rhsDilation: [2, 1] })).toEqual({
      operator: 'Conv',
      inputShape: [2, 4, 8, 9],
      weightsShape: [6, 2, 3, 5],
      outputShape: [2, 6, 7, 6],
      group: 2,
      attributes: { kernel_shape: [3, 5], dilations: [2, 1], strides: [1, 2], pads: [1, 3, 2, 4] },
    });
  });

  it('is a ConvTranspose where lhs is dilated, with output_padding for what lies behind the full result', () => {
    expect(conv([1, 3, 5], [2, 3, 4], [1], [[2, 4]], { lhsDilation: [2] })).toMatchObject({
      operator: 'ConvTranspose',
      weightsShape: [3, 2, 4],
      attributes: { strides: [2], pads: [1, 0], output_padding: [1] },
    });
  });

  it('refuses what a transposed convolution is not', () => {
    const dilated = { lhsDilation: [2] };
    expect(() => conv([1, 3, 5], [2, 3, 4], [1], [[4, 3]], dilated)).toThrow('no rows before its full result');
    expect(() => conv([1, 3, 5], [2, 3, 4], [1], [[3, 5]], dilated)).toThrow('fewer rows behind its full result than its stride');
    expect(() => conv([1, 3, 5], [2, 3, 4], [2], [[3, 3]], dilated)).toThrow('no strides together with a dilated lhs');
  });
});

it('encodes the weights as they lie in memory', () => {
  const weights = Float32Array.of(0, 1.5, -2).subarray(1);
  const model = encodeConvModel(conv([1, 1, 4], [1, 1, 2], [1], 'VALID'), weights);
  const bytes = [...new Uint8Array(weights.buffer, 4)];
  const at = Array.from(model.keys()).find((start) => bytes.every((byte, index) => model[start + index] === byte));
  // raw_data of the initializer: field 9, length-delimited, 8 bytes.
  expect(model.slice((at ?? 0) - 2, at)).toEqual(Uint8Array.of(0x4a, 8));
});

it('has the channels last at both ends, and transpositions around the operator, for a runtime that computes so', () => {
  const model = onnxModel([1, 2, 7, 9]);
  expect(dataShape([1, 2, 7, 9], 'channels-last')).toEqual([1, 7, 9, 2]);
  expect(dataShape([1, 2, 7, 9], 'channels-first')).toEqual([1, 2, 7, 9]);
  // Attribute perm, ints, of [0, 3, 1, 2] and of [0, 2, 3, 1].
  const permutation = (...axes: number[]): number[] => [0x0a, 4, ...Buffer.from('perm'), ...axes.flatMap((axis) => [0x40, axis])];
  expect(positionOf(model, permutation(0, 3, 1, 2))).toBeGreaterThan(0);
  expect(positionOf(model, permutation(0, 2, 3, 1))).toBeGreaterThan(positionOf(model, permutation(0, 3, 1, 2)));
});

function onnxModel(shape: number[]): Uint8Array {
  return encodeConvModel(conv(shape, [4, 2, 3, 3], [1, 1], 'SAME'), new Float32Array(72), 'channels-last');
}

function positionOf(bytes: Uint8Array, part: readonly number[]): number {
  return Buffer.from(bytes).indexOf(Buffer.from(part));
}
