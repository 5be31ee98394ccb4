/** What a refusal says beside its sentence: the function, the argument at fault and the clashing values. */
import { describe, expect, test } from 'vitest';
import type { FunctionName } from '../call/conv-call.ts';
import { resolve } from '../call/resolve.ts';
import { isLaxconvError } from '../errors.ts';
import type { TensorSpec } from '../problem/problem.ts';
import type { DType } from '../tensor/dtype.ts';
import { convDimensionNumbers } from './lax/conv-dimension-numbers.ts';

type Details = readonly [argument: string, values: Readonly<Record<string, unknown>>];
type Options = Readonly<Record<string, unknown>>;

function detailsOf(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    if (isLaxconvError(error)) return [error.op, error.rule, error.argument, error.values];
    throw error;
  }
}

const spec = (shape: readonly number[], dtype: DType = 'float32'): TensorSpec => ({ shape, dtype });
const details = (fn: FunctionName, operands: readonly TensorSpec[], ...args: readonly unknown[]): unknown =>
  detailsOf(() => resolve({ fn, operands, args }));

const X = spec([2, 4, 6]);
const W = spec([4, 4, 2]);
const NO_PADS = [[0, 0]];

describe('lax.convGeneralDilated', () => {
  const axes = [0, 1, 2];
  const layout = (...layouts: string[]): Options => ({ dimensionNumbers: layouts });
  const numbers = (lhsSpec: unknown[], rhsSpec: unknown[] = axes, outSpec: unknown[] = axes): Options => ({
    dimensionNumbers: { lhsSpec, rhsSpec, outSpec },
  });

  test.each<[rule: string, Options, Details]>([
    ['dimension-numbers/type', { dimensionNumbers: 'NC' }, ['dimensionNumbers', { dimensionNumbers: 'NC' }]],
    ['dimension-numbers/length', layout('NCW'), ['dimensionNumbers', { dimensionNumbers: ['NCW'] }]],
    ['dimension-numbers/strings', { dimensionNumbers: ['NCW', 1, 2] }, ['dimensionNumbers', { dimensionNumbers: ['NCW', 1, 2] }]],
    [
      'dimension-numbers/string-length',
      layout('NCW', 'OI', 'NCW'),
      ['dimensionNumbers', { dimensionNumbers: ['NCW', 'OI', 'NCW'], index: 1, expected: 3 }],
    ],
    [
      'dimension-numbers/required-letters',
      layout('NCW', 'OIW', 'NXW'),
      ['dimensionNumbers', { dimensionNumbers: ['NCW', 'OIW', 'NXW'], index: 2 }],
    ],
    ['dimension-numbers/spatial-letters', layout('NCW', 'OIW', 'NCX'), ['dimensionNumbers', { dimensionNumbers: ['NCW', 'OIW', 'NCX'] }]],
    ['dimension-numbers/axis-type', numbers([0, 1.5, 2]), ['dimensionNumbers', { lhsSpec: [1.5] }]],
    ['dimension-numbers/axis-type', numbers(axes, axes, [0, null, 2]), ['dimensionNumbers', { outSpec: [0, null, 2] }]],
    ['dimension-numbers/axis-range', numbers(axes, [0, 9, 2]), ['dimensionNumbers', { rhsSpec: [9], rank: 3 }]],
    ['dimension-numbers/axis-range', numbers(axes, axes, [0, 1, 2, 3]), ['dimensionNumbers', { outSpec: [0, 1, 2, 3], rank: 3 }]],
    ['dimension-numbers/axis-range', numbers(axes, axes, [0]), ['dimensionNumbers', { outSpec: [0] }]],
    ['dimension-numbers/axis-permutation', numbers(axes, axes, [0, 1, 3]), ['dimensionNumbers', { outSpec: [0, 1, 3], rank: 3 }]],
    [
      'dimension-numbers/axis-type',
      numbers(new Array<number>(2 ** 17)),
      ['dimensionNumbers', { dimensionNumbers: new Array<number>(2 ** 17) }],
    ],
    ['dimension-numbers/axis-range', numbers([0, 1, -4]), ['dimensionNumbers', { lhsSpec: [0, 1, -4], rank: 3 }]],
    ['dimension-numbers/axis-range', numbers(axes, [0, 1, 9]), ['dimensionNumbers', { rhsSpec: [0, 1, 9], rank: 3 }]],
    ['dimension-numbers/axis-range', { padding: 'SAME', ...numbers([0, 1, -4]) }, ['dimensionNumbers', { lhsSpec: [0, 1, -4], rank: 3 }]],
    [
      'dimension-numbers/axis-range',
      { padding: 'SAME', ...numbers(axes, [0, 1, 9]) },
      ['dimensionNumbers', { rhsSpec: [0, 1, 9], rank: 3 }],
    ],
    ['padding/pairs', { padding: [1] }, ['padding', { padding: [1] }]],
    ['padding/string', { padding: 'FULL' }, ['padding', { padding: 'FULL' }]],
    ['padding/string-with-lhs-dilation', { padding: 'SAME', lhsDilation: [2] }, ['padding', { padding: 'SAME', lhsDilation: [2] }]],
    ['padding/count', { padding: [] }, ['padding', { padding: [], expected: 1 }]],
    ['padding/negative-too-large', { padding: [[-4, -3]] }, ['padding', { padding: [[-4, -3]], dimension: 0 }]],
    ['preferred-element-type/dtype', { preferredElementType: 'f4' }, ['preferredElementType', { preferredElementType: 'f4' }]],
    [
      'preferred-element-type/kind',
      { preferredElementType: 'int32' },
      ['preferredElementType', { input: 'float32', preferredElementType: 'int32' }],
    ],
    [
      'preferred-element-type/narrower',
      { preferredElementType: 'float16' },
      ['preferredElementType', { input: 'float32', preferredElementType: 'float16' }],
    ],
    ['window-strides/type', { windowStrides: 1 }, ['windowStrides', { windowStrides: 1 }]],
    ['window-strides/type', { windowStrides: [1.5] }, ['windowStrides', { windowStrides: [1.5] }]],
    ['window-strides/type', { windowStrides: ['1'], padding: 'SAME' }, ['windowStrides', { windowStrides: ['1'] }]],
    ['window-strides/type', { windowStrides: null, padding: 'SAME' }, ['windowStrides', { windowStrides: null }]],
    ['window-strides/count', { windowStrides: [1, 1] }, ['windowStrides', { windowStrides: [1, 1], expected: 1 }]],
    ['window-strides/positive', { windowStrides: [-1] }, ['windowStrides', { windowStrides: [-1] }]],
    ['dilation/type', { lhsDilation: 2 }, ['lhsDilation', { lhsDilation: 2 }]],
    ['dilation/type', { lhsDilation: 2, padding: 'SAME' }, ['lhsDilation', { lhsDilation: 2 }]],
    ['dilation/type', { rhsDilation: 2 }, ['rhsDilation', { rhsDilation: 2 }]],
    ['dilation/type', { rhsDilation: 2, padding: 'SAME' }, ['rhsDilation', { rhsDilation: 2 }]],
    ['dilation/type', { rhsDilation: [1.5], padding: 'SAME' }, ['rhsDilation', { rhsDilation: [1.5] }]],
    ['dilation/type', { lhsDilation: ['2'] }, ['lhsDilation', { lhsDilation: ['2'] }]],
    ['dilation/type', { rhsDilation: [1.5] }, ['rhsDilation', { rhsDilation: [1.5] }]],
    ['dilation/positive', { lhsDilation: [0] }, ['lhsDilation', { lhsDilation: [0] }]],
    ['dilation/positive', { rhsDilation: [0] }, ['rhsDilation', { rhsDilation: [0] }]],
    ['dilation/count', { lhsDilation: [1, 1] }, ['lhsDilation', { lhsDilation: [1, 1], expected: 1 }]],
    ['dilation/count', { rhsDilation: [1, 1] }, ['rhsDilation', { rhsDilation: [1, 1], expected: 1 }]],
    ['precision/value', { precision: 'HIGH' }, ['precision', { precision: 'HIGH' }]],
    ['precision/pair', { precision: ['high', 'F32_F32_F32'] }, ['precision', { precision: ['high', 'F32_F32_F32'] }]],
    ['feature-group-count/type', { featureGroupCount: '2' }, ['featureGroupCount', { featureGroupCount: '2' }]],
    ['feature-group-count/positive', { featureGroupCount: 0 }, ['featureGroupCount', { featureGroupCount: 0 }]],
    ['feature-group-count/divides-lhs', { featureGroupCount: 3 }, ['featureGroupCount', { featureGroupCount: 3, lhsFeatures: 4 }]],
    ['feature-group-count/rhs-features', { featureGroupCount: 2 }, ['rhs', { lhsFeatures: 4, featureGroupCount: 2, rhsInFeatures: 4 }]],
    ['batch-group-count/type', { batchGroupCount: null }, ['batchGroupCount', { batchGroupCount: null }]],
    ['batch-group-count/type', { batchGroupCount: 0.5 }, ['batchGroupCount', { batchGroupCount: 0.5 }]],
    ['batch-group-count/positive', { batchGroupCount: 0 }, ['batchGroupCount', { batchGroupCount: 0 }]],
    ['batch-group-count/divides-lhs', { batchGroupCount: 4 }, ['batchGroupCount', { batchGroupCount: 4, lhsBatch: 2 }]],
    ['size/too-large', { padding: [[0, Number.MAX_SAFE_INTEGER - 7]] }, ['padding', { outShape: [2, 4, Number.MAX_SAFE_INTEGER - 2] }]],
    ['size/too-large', { lhsDilation: [2 ** 52], padding: [[-(2 ** 52), 0]] }, ['padding', { sizes: [5 * 2 ** 52, 2 ** 54] }]],
  ])('%s, %o', (rule, options, [argument, values]) => {
    const { windowStrides = [1], padding = NO_PADS, ...rest } = options;
    expect(details('lax.convGeneralDilated', [X, W], windowStrides, padding, rest)).toEqual([
      'lax.convGeneralDilated',
      rule,
      argument,
      values,
    ]);
  });

  test.each<[rule: string, lhs: TensorSpec, rhs: TensorSpec, Options, Details]>([
    ['dimension-numbers/rank', X, spec([4, 4]), {}, ['rhs', { lhsShape: [2, 4, 6], rhsShape: [4, 4] }]],
    ['rank/equal', X, spec([4, 4]), numbers(axes, [0, 1]), ['rhs', { lhsShape: [2, 4, 6], rhsShape: [4, 4] }]],
    ['rank/minimum', spec([2]), spec([4]), {}, ['lhs', { lhsShape: [2], rhsShape: [4] }]],
    ['rank/minimum', spec([2, 4]), spec([4, 4]), numbers([0, 1], [0]), ['rhs', { lhsShape: [2, 4], rhsShape: [4, 4] }]],
    [
      'dimension-numbers/duplicate-letters',
      spec([1, 1, 1, 1]),
      spec([1, 1, 1, 1]),
      layout('NCHW', 'OIHH', 'NCHW'),
      ['dimensionNumbers', { dimensionNumbers: ['NCHW', 'OIHH', 'NCHW'], index: 1 }],
    ],
    ['dtype/mismatch', X, spec([4, 4, 2], 'int8'), {}, ['rhs', { lhs: 'float32', rhs: 'int8' }]],
    [
      'preferred-element-type/signedness',
      spec([2, 4, 6], 'int8'),
      spec([4, 4, 2], 'int8'),
      { preferredElementType: 'uint8' },
      ['preferredElementType', { input: 'int8', preferredElementType: 'uint8' }],
    ],
    [
      'feature-group-count/divides-rhs',
      X,
      spec([3, 2, 2]),
      { featureGroupCount: 2 },
      ['featureGroupCount', { featureGroupCount: 2, outFeatures: 3 }],
    ],
    ['feature-group-count/type', X, spec([4, 8, 2]), { featureGroupCount: 0.5 }, ['featureGroupCount', { featureGroupCount: 0.5 }]],
    [
      'batch-group-count/divides-rhs',
      X,
      spec([3, 4, 2]),
      { batchGroupCount: 2 },
      ['batchGroupCount', { batchGroupCount: 2, outFeatures: 3 }],
    ],
    [
      'group-counts/exclusive',
      X,
      spec([4, 2, 2]),
      { featureGroupCount: 2, batchGroupCount: 2 },
      ['batchGroupCount', { featureGroupCount: 2, batchGroupCount: 2 }],
    ],
    ['kernel/empty', X, spec([4, 4, 0]), {}, ['rhs', { rhsShape: [4, 4, 0] }]],
  ])('%s: %o ∗ %o, %o', (rule, lhs, rhs, options, [argument, values]) => {
    expect(details('lax.convGeneralDilated', [lhs, rhs], [1], NO_PADS, options)).toEqual([
      'lax.convGeneralDilated',
      rule,
      argument,
      values,
    ]);
  });

  test('counts of a padding string', () => {
    const square = [spec([1, 1, 4, 4]), spec([1, 1, 2, 2])];
    expect(details('lax.conv', square, [1, 1, 1], 'SAME')).toEqual([
      'lax.conv',
      'window-strides/count',
      'windowStrides',
      { expected: 2, got: 3 },
    ]);
    expect(details('lax.convGeneralDilated', square, [1, 1], 'SAME', { rhsDilation: [] })).toEqual([
      'lax.convGeneralDilated',
      'dilation/count',
      'rhsDilation',
      { expected: 2, got: 0 },
    ]);
  });
});

test.each<[FunctionName, readonly TensorSpec[], readonly unknown[], rule: string, Details]>([
  ['lax.convTranspose', [X, spec([4, 4])], [[1], 'SAME'], 'conv-transpose/rank', ['rhs', { lhsShape: [2, 4, 6], rhsShape: [4, 4] }]],
  [
    'lax.convTranspose',
    [spec([1, 1, 1, 1, 1, 1]), spec([1, 1, 1, 1, 1, 1])],
    [[1], 'SAME'],
    'conv-transpose/default-layout',
    ['dimensionNumbers', { rank: 6 }],
  ],
  ['lax.convTranspose', [X, W], [1, 'SAME'], 'window-strides/type', ['strides', { strides: 1 }]],
  ['lax.convTranspose', [X, W], [['1'], 'SAME'], 'window-strides/type', ['strides', { strides: ['1'] }]],
  ['lax.convTranspose', [X, W], [[1], 'SAME', { rhsDilation: 2 }], 'dilation/type', ['rhsDilation', { rhsDilation: 2 }]],
  ['lax.convTranspose', [X, W], [[1], 'SAME', { rhsDilation: [1.5] }], 'dilation/type', ['rhsDilation', { rhsDilation: [1.5] }]],
  ['lax.convTranspose', [X, W], [[1], 1, { useConsistentPadding: true }], 'conv-transpose/padding-type', ['padding', { padding: 1 }]],
  [
    'lax.convTranspose',
    [X, W],
    [[1], [['1', 0]], { useConsistentPadding: true }],
    'conv-transpose/padding',
    ['padding', { padding: ['1', 0] }],
  ],
  ['lax.convGeneralDilatedPatches', [X], [2, [1], 'SAME'], 'filter-shape/type', ['filterShape', { filterShape: 2 }]],
  ['lax.convGeneralDilatedPatches', [X], [[-1], [1], 'SAME'], 'filter-shape/type', ['filterShape', { filterShape: [-1] }]],
  [
    'lax.convGeneralDilatedPatches',
    [X],
    [[2], [1], 'SAME', { precision: 'F32_F32_F32' }],
    'precision/value',
    ['precision', { precision: 'F32_F32_F32' }],
  ],
  [
    'lax.convGeneralDilatedPatches',
    [X],
    [[2], [1], 'SAME', { dimensionNumbers: { lhsSpec: [0, 1, 2], rhsSpec: [0, 3, 2], outSpec: [0, 1, 2] } }],
    'dimension-numbers/axis-permutation',
    ['dimensionNumbers', { rhsSpec: [0, 3, 2], rank: 3 }],
  ],
  [
    'lax.convGeneralDilatedPatches',
    [X],
    [[2], [1], 'SAME', { precision: ['high', 'high'] }],
    'precision/value',
    ['precision', { precision: ['high', 'high'] }],
  ],
  [
    'lax.convGeneralDilatedLocal',
    [X, W],
    [[1], 'SAME', [2], { precision: 'F32_F32_F32' }],
    'local/precision',
    ['precision', { precision: 'F32_F32_F32' }],
  ],
  ['lax.convGeneralDilatedLocal', [X, spec([3, 8])], [[1], 'SAME', [2]], 'local/rank', ['rhs', { rhsShape: [3, 8], axis: 2 }]],
  [
    'lax.convGeneralDilatedLocal',
    [X, spec([3, 8, 5])],
    [[1], 'SAME', [2]],
    'local/spatial',
    ['rhs', { rhsShape: [3, 8, 5], positions: [6] }],
  ],
  [
    'lax.convGeneralDilatedLocal',
    [X, spec([3, 4, 6])],
    [[1], 'SAME', [2]],
    'local/features',
    ['rhs', { rhsShape: [3, 4, 6], patchSize: 8 }],
  ],
  ['numpy.convolve', [spec([2, 2]), spec([2])], [], 'input/one-dimensional', ['a', { a: [2, 2], v: [2] }]],
  ['numpy.correlate', [spec([2]), spec([])], [], 'input/one-dimensional', ['v', { a: [2], v: [] }]],
  ['numpy.convolve', [spec([0]), spec([2])], [], 'input/empty', ['a', { a: 0, v: 2 }]],
  ['numpy.correlate', [spec([2]), spec([0])], [], 'input/empty', ['v', { a: 2, v: 0 }]],
  ['numpy.convolve', [spec([2]), spec([2])], ['FULL'], 'mode/unknown', ['mode', { mode: 'FULL' }]],
  ['numpy.convolve', [spec([2 ** 53 - 4]), spec([10])], [], 'size/too-large', ['mode', { outShape: [1, 2 ** 53 + 4] }]],
  ['scipy.signal.convolve', [spec([2]), spec([2])], ['full', 'FFT'], 'method/unknown', ['method', { method: 'FFT' }]],
  ['scipy.signal.convolve', [spec([2]), spec([2, 2])], [], 'input/same-rank', ['in2', { in1: [2], in2: [2, 2] }]],
  ['scipy.signal.convolve', [spec([0]), spec([2])], [], 'input/empty', ['in1', { in1: [0], in2: [2] }]],
  ['scipy.signal.correlate', [spec([2]), spec([0])], [], 'input/empty', ['in2', { in1: [2], in2: [0] }]],
  ['scipy.signal.correlate', [spec([2, 4]), spec([3, 2])], [], 'input/containment', ['in2', { in1: [2, 4], in2: [3, 2] }]],
  ['scipy.signal.convolve2d', [spec([2, 2]), spec([2])], [], 'input/two-dimensional', ['in2', { in1: [2, 2], in2: [2] }]],
  ['scipy.signal.correlate2d', [spec([2]), spec([2])], [], 'input/two-dimensional', ['in1', { in1: [2], in2: [2] }]],
  [
    'scipy.signal.convolve2d',
    [spec([2, 2]), spec([2, 2])],
    ['full', 'wrap'],
    'boundary/unsupported',
    ['boundary', { boundary: 'wrap', fillvalue: 0 }],
  ],
  [
    'scipy.signal.correlate2d',
    [spec([2, 2]), spec([2, 2])],
    ['full', 'fill', 1],
    'boundary/unsupported',
    ['fillvalue', { boundary: 'fill', fillvalue: 1 }],
  ],
  ['scipy.signal.fftconvolve', [spec([2, 4]), spec([3, 2])], ['valid'], 'input/containment', ['in2', { in1: [2, 4], in2: [3, 2] }]],
  [
    'scipy.signal.fftconvolve',
    [spec([2, 4]), spec([3, 2])],
    ['full', { axes: 1 }],
    'axes/mapped',
    ['in2', { in1: [2, 4], in2: [3, 2], axes: [1] }],
  ],
  ['scipy.signal.fftconvolve', [spec([2]), spec([2])], ['full', { axes: [1] }], 'axes/range', ['axes', { axes: [1], rank: 1 }]],
  ['scipy.signal.fftconvolve', [spec([2]), spec([2])], ['full', { axes: ['0'] }], 'axes/type', ['axes', { axes: ['0'] }]],
  ['scipy.signal.fftconvolve', [spec([0]), spec([0])], [], 'fft/size', ['in2', { in1: [0], in2: [0] }]],
  ['scipy.signal.fftconvolve', [spec([3]), spec([0])], ['same'], 'fft/result', ['mode', { in1: [3], in2: [0] }]],
  ['scipy.signal.fftconvolve', [spec([3], 'float16'), spec([2], 'float16')], [], 'fft/dtype', ['in1', { dtype: 'float16' }]],
  ['lax.conv', [X], [], 'call/arity', ['rhs', {}]],
  ['lax.conv', [X, W], [[1], 'SAME', {}, 1], 'call/arity', ['arguments', { expected: 4, got: 6 }]],
  ['lax.conv', [X, W], [[1], 'SAME', [1]], 'call/options', ['options', { options: [1] }]],
  [
    'lax.conv',
    [X, W],
    [[1], 'SAME', { dilation: 1 }],
    'call/unknown-option',
    ['dilation', { option: 'dilation', known: ['precision', 'preferredElementType'] }],
  ],
])('%s of %o, %o: %s', (fn, operands, args, rule, [argument, values]) => {
  expect(details(fn, operands, ...args)).toEqual([fn, rule, argument, values]);
});

test('what is no call', () => {
  expect(detailsOf(() => resolve(null as never))).toEqual(['resolve', 'call/function', 'call', {}]);
  expect(details('lax.dot' as FunctionName, [])).toEqual(['resolve', 'call/function', 'fn', { fn: 'lax.dot' }]);
  expect(detailsOf(() => convDimensionNumbers([3, [1], null]))).toEqual([
    'lax.convDimensionNumbers',
    'shape/type',
    'lhsShape',
    { lhsShape: 3 },
  ]);
});
