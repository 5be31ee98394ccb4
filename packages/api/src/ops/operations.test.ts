/** Each public function as problems: what it adds to the convolution that it is. */
import { describe, expect, test } from 'vitest';
import type { FunctionName } from '../call/conv-call.ts';
import type { BoundArguments } from '../call/signature.ts';
import { resolve } from '../call/resolve.ts';
import type { ConvProblem, TensorSpec } from '../problem/problem.ts';
import { ruleOf } from '../rule-of.test.fixture.ts';
import type { DType } from '../tensor/dtype.ts';
import { convDimensionNumbers } from './lax/conv-dimension-numbers.ts';
import { OPERATIONS } from './operations.ts';

type Shape = readonly number[];

const spec = (shape: Shape, dtype: DType = 'float32'): TensorSpec => ({ shape, dtype });

function resolveCall(fn: FunctionName, shapes: readonly Shape[], ...args: unknown[]): ConvProblem[] {
  return resolve({ fn, operands: shapes.map((shape) => spec(shape)), args });
}

/** The parts of a 1-D signal problem that a mode decides. */
function windowOf(fn: FunctionName, n: number, m: number, ...args: unknown[]): unknown {
  const [{ out, padding, windowReversal }] = resolveCall(fn, [[n], [m]], ...args);
  return [out.shape[2], ...padding[0], windowReversal[0]];
}

describe('lax', () => {
  const x = [1, 2, 5];
  const w = [3, 2, 2];

  test('conv and convWithGeneralPadding are convGeneralDilated with fewer arguments', () => {
    const general = resolveCall('lax.convGeneralDilated', [x, w], [2], [[1, 0]], { precision: 'high' });
    expect(resolveCall('lax.conv', [x, w], [2], [[1, 0]], { precision: 'high' })).toEqual(general);
    expect(resolveCall('lax.convWithGeneralPadding', [x, w], [2], [[1, 0]], null, [1], { precision: 'high' })).toEqual(general);
    expect(ruleOf(() => resolveCall('lax.conv', [x, w], [2], 'SAME', { rhsDilation: [1] }))).toBe('call/unknown-option');
    expect(ruleOf(() => resolveCall('lax.convWithGeneralPadding', [x, w], [2], 'SAME'))).toBe('call/arity');
    expect(ruleOf(() => resolveCall('lax.convGeneralDilated', [x, w], [2], 'SAME', [1], [1]))).toBe('call/arity');
    expect(ruleOf(() => resolveCall('lax.convGeneralDilated', [x, w], [2], 'SAME', [1]))).toBe('call/options');
  });

  test('convDimensionNumbers reads only ranks', () => {
    const expected = { lhsSpec: [0, 2, 1], rhsSpec: [2, 1, 0], outSpec: [0, 2, 1] };
    expect(convDimensionNumbers([[9, 9, 9], new Int32Array(3), ['NHC', 'HIO', 'NHC']])).toEqual(expected);
    expect(convDimensionNumbers([[1], [1], expected])).toEqual(expected);
    expect(ruleOf(() => convDimensionNumbers([3, [1, 1, 1], null]))).toBe('shape/type');
    expect(() => convDimensionNumbers([[1], 3, null])).toThrow(expect.objectContaining({ rule: 'shape/type', argument: 'rhsShape' }));
    expect(ruleOf(() => convDimensionNumbers([[1], [1]]))).toBe('call/arity');
  });
});

describe('lax.convGeneralDilatedLocal', () => {
  const local = (lhs: Shape, rhs: Shape, dimensionNumbers: unknown = null) =>
    resolve({ fn: 'lax.convGeneralDilatedLocal', operands: [spec(lhs), spec(rhs)], args: [[1], 'VALID', [2], { dimensionNumbers }] });

  test('is patches, then a product with one group per position', () => {
    const [patches, product] = local([1, 2, 6], [3, 4, 5]);
    expect(patches).toMatchObject({ out: { shape: [1, 5, 4] }, featureGroupCount: 2, precision: 'highest', method: 'direct' });
    const axes = { lhsSpec: [0, 1], rhsSpec: [0, 1], outSpec: [0, 1] };
    const noSpace = { windowStrides: [], padding: [], lhsDilation: [], rhsDilation: [], windowReversal: [] };
    expect(product).toEqual({
      lhs: { shape: [1, 20], dtype: 'float32' },
      rhs: { shape: [15, 4], dtype: 'float32' },
      out: { shape: [1, 15], dtype: 'float32' },
      ...axes,
      ...noSpace,
      featureGroupCount: 5,
      batchGroupCount: 1,
      precision: 'default',
      method: 'auto',
    });
  });

  test.each<[string, Shape, Shape, unknown, string]>([
    ['other positions', [1, 2, 6], [3, 4, 6], null, 'local/spatial'],
    ['other features', [1, 2, 6], [3, 2, 5], null, 'local/features'],
    ['a missing axis', [1, 2, 6], [3, 4], null, 'local/rank'],
    ['no axis for the patches', [1, 2, 6], [3, 5], ['NCH', 'OHI', 'NCH'], 'local/rank'],
    ['no output feature', [2, 1, 6], [5, 4], ['CNb', 'bIO', 'CbN'], 'local/result'],
  ])('%s: refused', (_, lhs, rhs, dimensionNumbers, rule) => {
    expect(ruleOf(() => local(lhs, rhs, dimensionNumbers))).toBe(rule);
  });
});

describe('numpy, 1-D', () => {
  test.each<[FunctionName, number, number, string | undefined, unknown]>([
    // out, lo, hi, reversed
    ['numpy.convolve', 5, 3, undefined, [7, 2, 2, true]],
    ['numpy.convolve', 5, 3, 'same', [5, 1, 1, true]],
    ['numpy.convolve', 5, 2, 'same', [5, 1, 0, true]],
    ['numpy.convolve', 2, 5, 'same', [5, 4, 3, true]],
    ['numpy.convolve', 5, 3, 'valid', [3, 0, 0, true]],
    ['numpy.convolve', 3, 5, 'valid', [3, 2, 2, true]],
    ['numpy.correlate', 5, 3, undefined, [3, 0, 0, false]],
    ['numpy.correlate', 5, 2, 'same', [5, 1, 0, false]],
    ['numpy.correlate', 2, 5, 'same', [5, 3, 4, false]],
    ['numpy.correlate', 2, 5, 'full', [6, 4, 4, false]],
  ])('%s of %i and %i, %s', (fn, n, m, mode, expected) => {
    expect(windowOf(fn, n, m, mode)).toEqual(expected);
  });

  test.each<[DType, DType, DType | undefined, DType, DType]>([
    ['int8', 'uint8', undefined, 'float32', 'float32'],
    ['int64', 'bool', undefined, 'float64', 'float64'],
    ['uint32', 'int32', undefined, 'float64', 'float64'],
    ['float16', 'bfloat16', undefined, 'float32', 'float32'],
    ['int8', 'uint8', 'int32', 'int16', 'int32'],
    ['bool', 'bool', 'int8', 'bool', 'int8'],
  ])('%s and %s, preferring %s, are convolved as %s to %s', (a, v, preferredElementType, operand, out) => {
    const [problem] = resolve({ fn: 'numpy.convolve', operands: [spec([3], a), spec([2], v)], args: ['full', { preferredElementType }] });
    expect([problem.lhs.dtype, problem.rhs.dtype, problem.out.dtype]).toEqual([operand, operand, out]);
  });

  test.each<[string, readonly Shape[], unknown[], string]>([
    ['2-D', [[2, 2], [2]], [], 'input/one-dimensional'],
    ['0-D', [[], [2]], [], 'input/one-dimensional'],
    ['empty', [[2], [0]], [], 'input/empty'],
    ['empty before the mode', [[0], [2]], ['x'], 'input/empty'],
    ['an unknown mode', [[2], [2]], ['FULL'], 'mode/unknown'],
    ['null as mode', [[2], [2]], [null], 'mode/unknown'],
    ['options in the mode’s place', [[2], [2]], [{ precision: 'high' }], 'mode/unknown'],
    ['a float sum of a wider kind', [[2], [2]], ['full', { preferredElementType: 'int32' }], 'preferred-element-type/kind'],
    ['an unknown precision', [[2], [2]], ['full', { precision: 'HIGH' }], 'precision/value'],
  ])('%s is refused', (_, shapes, args, rule) => {
    expect(ruleOf(() => resolveCall('numpy.convolve', shapes, ...args))).toBe(rule);
  });
});

describe('scipy.signal, any rank', () => {
  test.each<[FunctionName, number, number, unknown[], unknown]>([
    ['scipy.signal.convolve', 5, 3, [], [7, 2, 2, true]],
    ['scipy.signal.convolve', 5, 2, ['same'], [5, 1, 0, true]],
    ['scipy.signal.convolve', 2, 5, ['same'], [2, 2, 2, true]], // the shape of in1
    ['scipy.signal.convolve', 2, 5, ['valid'], [4, 3, 3, true]],
    ['scipy.signal.convolve', 5, 2, ['same', 'fft'], [5, 1, 0, true]],
    ['scipy.signal.correlate', 5, 2, ['same'], [5, 1, 0, false]],
    ['scipy.signal.correlate', 5, 2, ['full', 'direct'], [6, 1, 1, false]],
    ['scipy.signal.fftconvolve', 2, 5, ['same'], [2, 2, 2, true]],
  ])('%s of %i and %i, %j', (fn, n, m, args, expected) => {
    expect(windowOf(fn, n, m, ...args)).toEqual(expected);
  });

  test('correlate2d rounds the start of same the other way', () => {
    const [conv] = resolveCall(
      'scipy.signal.convolve2d',
      [
        [4, 4],
        [2, 3],
      ],
      'same',
    );
    const [corr] = resolveCall(
      'scipy.signal.correlate2d',
      [
        [4, 4],
        [2, 3],
      ],
      'same',
    );
    expect([conv.padding, conv.windowReversal]).toEqual([
      [
        [1, 0],
        [1, 1],
      ],
      [true, true],
    ]);
    expect([corr.padding, corr.windowReversal]).toEqual([
      [
        [0, 1],
        [1, 1],
      ],
      [false, false],
    ]);
  });

  test('only fft asks for a method', () => {
    expect(resolveCall('numpy.convolve', [[4], [2]])[0].method).toBe('auto');
    expect(resolveCall('scipy.signal.convolve', [[4], [2]])[0].method).toBe('auto');
    expect(resolveCall('scipy.signal.convolve', [[4], [2]], 'full', 'fft')[0].method).toBe('fft');
  });

  test('0-D inputs are multiplied', () => {
    expect(resolveCall('scipy.signal.convolve', [[], []])[0].out.shape).toEqual([1, 1]);
  });

  test.each<[FunctionName, readonly Shape[], unknown[], string]>([
    ['scipy.signal.convolve', [[2], [2, 2]], [], 'input/same-rank'],
    ['scipy.signal.convolve', [[2], [2, 2]], ['x'], 'mode/unknown'],
    ['scipy.signal.convolve', [[2], [2]], ['full', 'FFT'], 'method/unknown'],
    ['scipy.signal.convolve', [[2], [2]], ['x', 'FFT'], 'method/unknown'],
    [
      'scipy.signal.convolve',
      [
        [2, 0],
        [2, 2],
      ],
      [],
      'input/empty',
    ],
    [
      'scipy.signal.convolve',
      [
        [2, 4],
        [3, 2],
      ],
      [],
      'input/containment',
    ],
    [
      'scipy.signal.convolve',
      [
        [2, 4],
        [3, 2],
      ],
      ['valid', 'fft'],
      'input/containment',
    ],
    ['scipy.signal.correlate', [[2], [2]], ['full', 'auto', { axes: [0] }], 'call/unknown-option'],
    ['scipy.signal.convolve2d', [[2], [2]], [], 'input/two-dimensional'],
    ['scipy.signal.convolve2d', [[2], [2]], ['full', 'wrap'], 'boundary/unsupported'],
    [
      'scipy.signal.correlate2d',
      [
        [2, 2],
        [2, 2],
      ],
      ['full', 'fill', 1],
      'boundary/unsupported',
    ],
    [
      'scipy.signal.correlate2d',
      [
        [2, 2],
        [2, 2],
      ],
      ['full', 'fill', false],
      'boundary/unsupported',
    ],
    ['scipy.signal.fftconvolve', [[3], [0]], ['same'], 'fft/result'],
    ['scipy.signal.fftconvolve', [[0], [0]], [], 'fft/size'],
    ['scipy.signal.fftconvolve', [[3], [2]], ['full', { axes: [1] }], 'axes/range'],
  ])('%s of %j, %j: %s', (fn, shapes, args, rule) => {
    expect(ruleOf(() => resolveCall(fn, shapes, ...args))).toBe(rule);
  });

  test('the FFT takes no half precision, unless there is nothing to transform', () => {
    const fft = (n: number, m: number) =>
      ruleOf(() => resolve({ fn: 'scipy.signal.convolve', operands: [spec([n], 'float16'), spec([m], 'bool')], args: ['full', 'fft'] }));
    expect(fft(3, 2)).toBe('fft/dtype');
    expect(fft(3, 1)).toBeUndefined();
  });
});

describe('which operands are read through a view', () => {
  const sources = (
    fn: 'numpy.correlate' | 'scipy.signal.fftconvolve',
    dtypes: readonly DType[],
    shape: Shape,
    args: BoundArguments = {},
  ) => {
    const { steps } = OPERATIONS[fn].resolve(
      dtypes.map((dtype) => spec(shape, dtype)),
      args,
    );
    return steps.map(({ lhs, rhs, view }) =>
      [lhs, rhs, view].map((source) => source !== undefined && !('view' in source) && 'from' in source),
    );
  };

  test('none, of signals in the dtype and the order that they are computed in', () => {
    expect(sources('numpy.correlate', ['float32', 'float32'], [4])).toEqual([[true, true, false]]);
    expect(sources('scipy.signal.fftconvolve', ['complex64', 'complex64'], [2, 4], { axes: 1 })).toEqual([[true, true, false]]);
  });

  test('those that are cast, conjugated or transposed', () => {
    expect(sources('numpy.correlate', ['complex64', 'float32'], [4])).toEqual([[true, false, false]]);
    expect(sources('numpy.correlate', ['float32', 'complex64'], [4])).toEqual([[false, false, false]]);
    const [{ view }] = OPERATIONS['scipy.signal.fftconvolve'].resolve([spec([2, 4]), spec([3, 4])], { axes: 0 }).steps;
    expect(view?.strides).toEqual([1, 4]);
  });
});

test.each(['lax.convGeneralDilatedPatches', 'lax.convGeneralDilatedLocal'] as const)('%s takes the names of the levels', (fn) => {
  const isLocal = fn === 'lax.convGeneralDilatedLocal';
  const operands = isLocal
    ? [
        [1, 2, 6],
        [3, 4, 5],
      ]
    : [[1, 2, 6]];
  const args = isLocal ? [[1], 'VALID', [2]] : [[2], [1], 'VALID'];
  for (const precision of [null, 'default', 'high', 'highest']) {
    expect(resolveCall(fn, operands, ...args, { precision }).at(-1)?.precision).toBe(isLocal ? (precision ?? 'default') : 'highest');
  }
});

describe('calls as data', () => {
  test.each<[unknown, string]>([
    [null, 'call/function'],
    [undefined, 'call/function'],
    ['lax.conv', 'call/function'],
    [{}, 'call/function'],
    [{ fn: 'lax.conv', operands: [] }, 'call/function'],
    [{ fn: 'toString', operands: [], args: [] }, 'call/function'],
    [{ fn: 'lax.convDimensionNumbers', operands: [], args: [] }, 'call/function'],
    [{ fn: 'lax.conv', operands: [], args: [] }, 'call/arity'],
    [{ fn: 'lax.conv', operands: [1, 2], args: [[1], 'SAME'] }, 'tensor/not-a-tensor'],
    [{ fn: 'lax.conv', operands: [{ shape: [1], dtype: 'f4' }, spec([1])], args: [[1], 'SAME'] }, 'tensor/dtype'],
    [{ fn: 'lax.conv', operands: [{ shape: [-1], dtype: 'int8' }, spec([1])], args: [[1], 'SAME'] }, 'tensor/shape'],
  ])('%j is refused: %s', (call, rule) => {
    expect(ruleOf(() => resolve(call as Parameters<typeof resolve>[0]))).toBe(rule);
  });

  test('a refusal of an unknown function names who was asked', () => {
    expect(() => resolve({ fn: 'lax.dot' as 'lax.conv', operands: [], args: [] })).toThrow('resolve: there is no function "lax.dot"');
  });

  test('a function with a pullback is its convolution and then those of the gradients that there are', () => {
    const problems = (fn: FunctionName, dtype: DType) =>
      resolve({ fn, operands: [spec([1, 2, 5], dtype), spec([3, 2, 2], dtype)], args: [[1], 'VALID'] }).map(({ out }) => out.shape);
    expect(problems('lax.convGeneralDilatedVjp', 'float32')).toEqual([
      [1, 3, 4],
      [1, 2, 5],
      [3, 2, 2],
    ]);
    expect(problems('lax.convGeneralDilatedVjp', 'int32')).toEqual([[1, 3, 4]]);
    expect(problems('lax.convGeneralDilated', 'float32')).toEqual([[1, 3, 4]]);
  });

  test('an empty result has no problem', () => {
    expect(
      resolveCall(
        'lax.conv',
        [
          [0, 1, 3],
          [1, 1, 2],
        ],
        [1],
        'VALID',
      ),
    ).toEqual([]);
  });
});

test('sizes beyond exact integers are refused, not rounded', () => {
  const most = Number.MAX_SAFE_INTEGER;
  expect(ruleOf(() => resolveCall('numpy.convolve', [[most], [most]]))).toBe('size/too-large');
  expect(ruleOf(() => resolveCall('scipy.signal.fftconvolve', [[most], [most]]))).toBe('size/too-large');
  // A result of size 0 in one dimension, in which another size is too large.
  const patches = [[1, 1, 1, 1], [2 ** 30, 2 ** 30], [1, 1], 'VALID'] as const;
  expect(ruleOf(() => resolveCall('lax.convGeneralDilatedPatches', [patches[0]], ...patches.slice(1)))).toBe('size/too-large');
});
