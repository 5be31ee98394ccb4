/** The meaning of conv_general_dilated: problems, and refusals in JAX's order. Compared with JAX 0.10.2; what differs is in `docs/semantics.md`. */
import { describe, expect, test } from 'vitest';
import { ruleOf } from '../rule-of.test.fixture.ts';
import type { DType } from '../tensor/dtype.ts';
import { resolveConv, type ConvArguments, type ResolvedConv } from './conv.ts';

interface Case extends ConvArguments {
  readonly lhs?: readonly number[];
  readonly rhs?: readonly number[];
  readonly dtypes?: readonly [DType, DType];
}

/** What is not given: one spatial dimension of 6, a kernel of 2, stride 1, no padding. */
function resolve({ lhs = [2, 4, 6], rhs = [4, 4, 2], dtypes = ['float32', 'float32'], ...args }: Case): ResolvedConv {
  const defaults = { windowStrides: [1], padding: [[0, 0]] };
  return resolveConv('lax.conv', { shape: lhs, dtype: dtypes[0] }, { shape: rhs, dtype: dtypes[1] }, { ...defaults, ...args });
}

describe('shapes', () => {
  test.each<[string, Case, readonly number[]]>([
    ['plain', {}, [2, 4, 5]],
    ['stride', { windowStrides: [2] }, [2, 4, 3]],
    ['rhs dilation', { rhsDilation: [3] }, [2, 4, 3]],
    ['lhs dilation', { lhsDilation: [3] }, [2, 4, 15]],
    ['empty dilations', { lhsDilation: [], rhsDilation: [] }, [2, 4, 5]],
    ['dilate, then crop', { lhsDilation: [2], padding: [[-1, 0]] }, [2, 4, 9]],
    ['mixed signs', { padding: [[-2, 5]] }, [2, 4, 8]],
    ['a crop to nothing', { padding: [[-3, -3]] }, [2, 4, 0]],
    ['a window larger than the input', { rhs: [4, 4, 9] }, [2, 4, 0]],
    ['feature groups', { rhs: [6, 2, 2], featureGroupCount: 2 }, [2, 6, 5]],
    ['batch groups', { batchGroupCount: 2 }, [1, 4, 5]],
    ['a typed array of strides', { windowStrides: new Int32Array([2]) }, [2, 4, 3]],
    ['no spatial dimension', { lhs: [2, 4], rhs: [3, 4], windowStrides: [], padding: [] }, [2, 3]],
    ['no spatial dimension, a string', { lhs: [2, 4], rhs: [3, 4], windowStrides: [], padding: 'same_lower' }, [2, 3]],
    [
      'three spatial dimensions',
      { lhs: [1, 1, 4, 5, 6], rhs: [1, 1, 2, 2, 2], windowStrides: [1, 2, 3], padding: 'VALID' },
      [1, 1, 3, 2, 2],
    ],
    ['layouts', { lhs: [6, 2, 4], rhs: [2, 4, 3], dimensionNumbers: ['WNC', 'WIO', 'CNW'] }, [3, 2, 5]],
    ['no batch', { lhs: [0, 4, 6] }, [0, 4, 5]],
    ['no input features', { lhs: [2, 0, 6], rhs: [4, 0, 2] }, [2, 4, 5]],
    ['no input, padded', { lhs: [2, 4, 0], padding: [[1, 1]] }, [2, 4, 1]],
  ])('%s', (_, args, shape) => {
    expect(resolve(args).out.shape).toEqual(shape);
  });

  test('of empty sums and results there is no problem', () => {
    expect(resolve({}).problem).not.toBeNull();
    for (const args of [
      { lhs: [0, 4, 6] },
      { lhs: [2, 0, 6], rhs: [4, 0, 2] },
      { lhs: [2, 4, 0], padding: [[1, 1]] },
      { rhs: [4, 4, 9] },
    ]) {
      expect(resolve(args).problem).toBeNull();
    }
  });

  test('the problem is canonical, frozen and JSON', () => {
    const { problem } = resolve({ padding: 'SAME', lhsDilation: [], precision: ['high', 'default'], preferredElementType: 'float64' });
    expect(problem).toEqual({
      lhs: { shape: [2, 4, 6], dtype: 'float32' },
      rhs: { shape: [4, 4, 2], dtype: 'float32' },
      out: { shape: [2, 4, 6], dtype: 'float64' },
      lhsSpec: [0, 1, 2],
      rhsSpec: [0, 1, 2],
      outSpec: [0, 1, 2],
      windowStrides: [1],
      padding: [[0, 1]],
      lhsDilation: [1],
      rhsDilation: [1],
      windowReversal: [false],
      featureGroupCount: 1,
      batchGroupCount: 1,
      precision: 'high',
      method: 'auto',
    });
    expect(JSON.parse(JSON.stringify(problem))).toEqual(problem);
    const unfrozen = (value: unknown): boolean =>
      typeof value === 'object' && value !== null && (!Object.isFrozen(value) || Object.values(value).some(unfrozen));
    expect(unfrozen(problem)).toBe(false);
  });

  test('the caller’s arrays are not kept', () => {
    const windowStrides = [2];
    const { problem } = resolve({ windowStrides });
    windowStrides[0] = 3;
    expect(problem?.windowStrides).toEqual([2]);
  });
});

const spec = (lhsSpec: unknown[], rhsSpec: unknown[] = [0, 1, 2], outSpec: unknown[] = [0, 1, 2]): unknown => ({
  lhsSpec,
  rhsSpec,
  outSpec,
});
const identity = [0, 1, 2];

describe('refusals', () => {
  test.each<[string, Case, string]>([
    ['other ranks', { rhs: [4, 4] }, 'dimension-numbers/rank'],
    ['other ranks, axes given', { rhs: [4, 4], dimensionNumbers: spec(identity, [0, 1]) }, 'rank/equal'],
    ['rank 1', { lhs: [4], rhs: [4] }, 'rank/minimum'],
    ['rank 0', { lhs: [], rhs: [] }, 'rank/minimum'],
    ['rank 1 with SAME', { lhs: [4], rhs: [4], padding: 'SAME' }, 'rank/minimum'],
    // group counts
    ['feature groups 0', { featureGroupCount: 0 }, 'feature-group-count/positive'],
    ['feature groups NaN', { featureGroupCount: NaN }, 'feature-group-count/positive'],
    ['feature groups null', { featureGroupCount: null }, 'feature-group-count/type'],
    ['feature groups true', { featureGroupCount: true }, 'feature-group-count/type'],
    ['feature groups 3', { featureGroupCount: 3 }, 'feature-group-count/divides-lhs'],
    ['feature groups 1.5', { featureGroupCount: 1.5 }, 'feature-group-count/divides-lhs'],
    ['feature groups 0.5', { rhs: [4, 8, 2], featureGroupCount: 0.5 }, 'feature-group-count/type'],
    ['feature groups 2', { featureGroupCount: 2 }, 'feature-group-count/rhs-features'],
    ['feature groups 2 of 3 outputs', { rhs: [3, 2, 2], featureGroupCount: 2 }, 'feature-group-count/divides-rhs'],
    ['batch groups −1', { batchGroupCount: -1 }, 'batch-group-count/positive'],
    ['batch groups "2"', { batchGroupCount: '2' }, 'batch-group-count/type'],
    ['batch groups 4 of 2', { batchGroupCount: 4 }, 'batch-group-count/divides-lhs'],
    ['batch groups 2 for 3 outputs', { rhs: [3, 4, 2], batchGroupCount: 2 }, 'batch-group-count/divides-rhs'],
    ['batch groups 0.75 of 1, for 3 outputs', { lhs: [1, 4, 6], rhs: [3, 4, 2], batchGroupCount: 0.75 }, 'batch-group-count/type'],
    ['batch groups 0.5', { batchGroupCount: 0.5 }, 'batch-group-count/type'],
    ['both', { rhs: [4, 2, 2], featureGroupCount: 2, batchGroupCount: 2 }, 'group-counts/exclusive'],
    ['both, neither dividing', { featureGroupCount: 3, batchGroupCount: 3 }, 'feature-group-count/divides-lhs'],
    // strides
    ['a number as strides', { windowStrides: 1 }, 'window-strides/type'],
    ['strides null', { windowStrides: null }, 'window-strides/type'],
    ['too many strides', { windowStrides: [1, 1] }, 'window-strides/count'],
    ['a fractional stride', { windowStrides: [1.5] }, 'window-strides/type'],
    ['a bigint stride', { windowStrides: [1n] }, 'window-strides/type'],
    ['stride 0', { windowStrides: [0] }, 'window-strides/positive'],
    ['stride 0 with SAME', { windowStrides: [0], padding: 'SAME' }, 'window-strides/positive'],
    ['stride −1 on an empty batch', { lhs: [0, 4, 6], windowStrides: [-1] }, 'window-strides/positive'],
    // dilations
    ['a number as dilation', { rhsDilation: 2 }, 'dilation/type'],
    ['dilation 0', { rhsDilation: [0] }, 'dilation/positive'],
    ['dilation −1.5', { lhsDilation: [-1.5] }, 'dilation/positive'],
    ['dilation NaN', { lhsDilation: [NaN] }, 'dilation/positive'],
    ['dilation 1.5', { lhsDilation: [1.5] }, 'dilation/type'],
    ['two dilations', { rhsDilation: [1, 1] }, 'dilation/count'],
    ['two dilations with SAME', { rhsDilation: [1, 1], padding: 'SAME' }, 'dilation/count'],
    ['two lhs dilations with a string', { lhsDilation: [1, 1], padding: 'VALID' }, 'dilation/count'],
    ['no rhs dilation with SAME', { rhsDilation: [], padding: 'SAME' }, 'padding/count'],
    // padding
    [
      'two pads',
      {
        padding: [
          [0, 0],
          [0, 0],
        ],
      },
      'padding/count',
    ],
    ['no pads', { padding: [] }, 'padding/count'],
    ['too much cropped', { padding: [[-4, -3]] }, 'padding/negative-too-large'],
    ['an empty kernel', { rhs: [4, 4, 0] }, 'kernel/empty'],
    ['an empty kernel and no batch', { lhs: [0, 4, 6], rhs: [4, 4, 0] }, 'kernel/empty'],
    ['an immense result', { padding: [[0, Number.MAX_SAFE_INTEGER - 7]] }, 'size/too-large'],
    [
      'a dilated size beyond exact integers, whatever is cropped',
      { lhsDilation: [Number.MAX_SAFE_INTEGER], padding: [[-Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER]] },
      'size/too-large',
    ],
    // dtypes
    ['other dtypes', { dtypes: ['float32', 'float64'] }, 'dtype/mismatch'],
    ['a preferred type of another kind', { preferredElementType: 'int32' }, 'preferred-element-type/kind'],
    ['an unknown preferred type', { preferredElementType: 'float' }, 'preferred-element-type/dtype'],
    ['an unknown precision', { precision: 'HIGH' }, 'precision/value'],
    // axes given by number
    ['an lhs feature axis that is missing', { dimensionNumbers: spec([0, 3, 2]) }, 'dimension-numbers/axis-range'],
    ['a spatial axis that is missing', { dimensionNumbers: spec([0, 1, -4]) }, 'dimension-numbers/axis-range'],
    ['a rhs axis that is missing', { dimensionNumbers: spec(identity, [0, 9, 2]) }, 'dimension-numbers/axis-range'],
    ['an out axis that is missing', { dimensionNumbers: spec(identity, identity, [0, 1, 3]) }, 'dimension-numbers/axis-permutation'],
    ['more out axes than there are', { dimensionNumbers: spec(identity, identity, [0, 1, 2, 3]) }, 'dimension-numbers/axis-range'],
    ['one out axis', { dimensionNumbers: spec(identity, identity, [0]) }, 'dimension-numbers/axis-range'],
    ['two out axes', { dimensionNumbers: spec(identity, identity, [0, 1]) }, 'dimension-numbers/axis-permutation'],
    ['one lhs axis', { dimensionNumbers: spec([0]) }, 'rank/minimum'],
    ['a negative axis', { dimensionNumbers: spec([0, 1, -1]) }, 'dimension-numbers/axis-permutation'],
    ['negative axes', { dimensionNumbers: spec([-3, -2, -1], [-3, -2, -1], [-3, -2, -1]) }, 'dimension-numbers/axis-permutation'],
    ['an axis twice', { lhs: [2, 4, 4], dimensionNumbers: spec([0, 1, 1]) }, 'dimension-numbers/axis-permutation'],
    [
      'the same axis twice in all three',
      {
        windowStrides: [1, 1],
        padding: 'VALID',
        lhs: [2, 4, 2],
        rhs: [4, 4, 2],
        dimensionNumbers: spec([0, 1, 2, 2], [0, 1, 2, 2], [0, 1, 2, 2]),
      },
      'dimension-numbers/axis-permutation',
    ],
    ['a fractional axis', { dimensionNumbers: spec([0, 1.5, 2]) }, 'dimension-numbers/axis-type'],
    ['null as an out axis', { dimensionNumbers: spec(identity, identity, [0, null, 2]) }, 'dimension-numbers/axis-type'],
  ])('%s', (_, args, rule) => {
    expect(ruleOf(() => resolve(args))).toBe(rule);
  });

  test.each<[string, Case, string]>([
    ['layouts before padding', { dimensionNumbers: 'x', padding: 'x' }, 'dimension-numbers/type'],
    ['padding before the preferred type', { padding: [1], preferredElementType: 'x' }, 'padding/pairs'],
    [
      'the preferred type before a number as strides of SAME',
      { padding: 'SAME', windowStrides: 1, preferredElementType: 'x' },
      'preferred-element-type/dtype',
    ],
    ['the preferred type before strides', { preferredElementType: 'x', windowStrides: 1 }, 'preferred-element-type/dtype'],
    ['strides before dilations', { windowStrides: 1, lhsDilation: 1 }, 'window-strides/type'],
    ['dilations before precision', { rhsDilation: 1, precision: 'x' }, 'dilation/type'],
    [
      'a string’s lhs dilation before all of these',
      { padding: 'x', lhsDilation: [2], windowStrides: 1 },
      'padding/string-with-lhs-dilation',
    ],
    ['precision before groups', { precision: 'x', featureGroupCount: 0 }, 'precision/value'],
    ['groups before the number of strides', { batchGroupCount: 3, windowStrides: [] }, 'batch-group-count/divides-lhs'],
    ['the number of strides before dilations', { windowStrides: [], lhsDilation: [0] }, 'window-strides/count'],
    ['dilations before the number of pads', { rhsDilation: [0], padding: [] }, 'dilation/positive'],
    ['crops before fractional strides', { padding: [[-9, 0]], windowStrides: [1.5] }, 'padding/negative-too-large'],
    ['shapes before dtypes', { padding: [], dtypes: ['int8', 'int16'] }, 'padding/count'],
    ['dtypes before the preferred one', { dtypes: ['float32', 'int8'], preferredElementType: 'int8' }, 'dtype/mismatch'],
    ['dtypes before strides of 0', { windowStrides: [0], dtypes: ['int8', 'int16'] }, 'dtype/mismatch'],
    ['the preferred type before empty kernels', { rhs: [4, 4, 0], preferredElementType: 'int8' }, 'preferred-element-type/kind'],
  ])('finds %s', (_, args, rule) => {
    expect(ruleOf(() => resolve(args))).toBe(rule);
  });

  test('names the argument and the values', () => {
    expect(() => resolve({ featureGroupCount: 3 })).toThrow(
      expect.objectContaining({
        op: 'lax.conv',
        argument: 'featureGroupCount',
        values: { featureGroupCount: 3, lhsFeatures: 4 },
        message: 'lax.conv: featureGroupCount must divide the lhs features, got featureGroupCount = 3, lhsFeatures = 4',
      }),
    );
  });
});
