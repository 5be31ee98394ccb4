/** The generic kernel in quadruples, against the formula: every axis that they may lie on, at its edges. One by one: any-problem.test.ts. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { problemOf } from '../convolve.test.fixture.ts';
import { lower } from '../lower/lower.ts';
import { directWgsl, type DirectShape } from '../wgsl/direct.wgsl.ts';
import { directQuads } from './direct-quads.ts';
import { expectProblemRight, expectRight } from './expect-right.test.fixture.ts';
import { TestGpu } from './test-gpu.test.fixture.ts';

const NHWC = { dimensionNumbers: ['NHWC', 'HWIO', 'NHWC'] };

let gpu: TestGpu;
beforeAll(async () => {
  gpu = await TestGpu.open();
});
afterAll(() => gpu.close());

type Call = Parameters<typeof problemOf>;

async function kernelThatIsRight(...call: Call): Promise<string> {
  return expectRight(gpu, { algorithm: directQuads }, ...call);
}

test('features: strides, dilation, cropping, groups of features and of the batch', async () => {
  expect(await kernelThatIsRight([2, 7, 9, 3], [3, 2, 3, 12], [2, 1], [[1, 2], [-1, 3]], { ...NHWC, rhsDilation: [1, 3] })).toBe('f32-direct-4x1'); // prettier-ignore
  await kernelThatIsRight([1, 5, 6, 6], [2, 3, 2, 24], [1, 1], 'SAME', { ...NHWC, featureGroupCount: 3 });
  await kernelThatIsRight([6, 5, 6, 2], [2, 3, 2, 24], [1, 1], 'SAME', { ...NHWC, batchGroupCount: 3 });
});

test('groups of one feature: depthwise layers', async () => {
  expect(await kernelThatIsRight([2, 7, 9, 20], [3, 3, 1, 20], [2, 1], 'SAME', { ...NHWC, featureGroupCount: 20 })).toBe('f32-direct-4x1');
  await kernelThatIsRight([1, 30, 8], [5, 1, 8], [1], [[7, -2]], { dimensionNumbers: ['NWC', 'WIO', 'NWC'], featureGroupCount: 8, rhsDilation: [2] }, 'int32'); // prettier-ignore
});

test('zeros between the elements of lhs, where a row is none of quadruples', async () => {
  expect(await kernelThatIsRight([1, 5, 6, 3], [4, 4, 3, 8], [1, 1], [[2, 2], [2, 1]], { ...NHWC, lhsDilation: [2, 3] })).toBe('f32-direct-4x1'); // prettier-ignore
  await kernelThatIsRight([1, 5, 6, 8], [3, 3, 1, 8], [1, 1], [[2, 2], [2, 1]], { ...NHWC, lhsDilation: [3, 2], featureGroupCount: 8 }); // prettier-ignore
});

test('reversed windows, whose taps are met from the last one backwards', async () => {
  const problems = [
    problemOf([2, 5, 6, 3], [2, 3, 3, 8], [1, 1], 'SAME', NHWC),
    problemOf([1, 5, 6, 8], [2, 3, 1, 8], [1, 1], 'SAME', { ...NHWC, featureGroupCount: 8 }),
    problemOf([1, 2, 5, 8], [3, 2, 2, 3], [1, 1], 'SAME'),
  ];
  for (const problem of problems) await expectProblemRight(gpu, { algorithm: directQuads }, { ...problem, windowReversal: [true, true] });
});

test('groups of the batch, the innermost in lhs: the gradient of depthwise weights', async () => {
  const dimensionNumbers = ['CHWN', 'IHWO', 'HWNC'];
  expect(await kernelThatIsRight([3, 6, 7, 8], [3, 5, 6, 8], [1, 1], 'VALID', { dimensionNumbers, batchGroupCount: 8 })).toMatch('direct');
});

test('ranks from none to four', async () => {
  expect(await kernelThatIsRight([3, 5], [5, 8], [], [], { dimensionNumbers: ['NC', 'IO', 'NC'] })).toBe('f32-direct-4x1');
  const dimensionNumbers = ['NABDFC', 'ABDFIO', 'NABDFC'];
  await kernelThatIsRight([1, 3, 2, 4, 3, 2], [2, 1, 3, 2, 2, 4], [1, 2, 1, 1], 'SAME', { dimensionNumbers });
  await kernelThatIsRight([1, 2, 3, 2, 4, 8], [4, 2, 2, 1, 3, 2], [1, 1, 2, 1], 'SAME');
});

test('rows: every place that padding begins at, strides that leave elements out, the row as the outer dimension', async () => {
  for (const low of [0, 1, 2, 3, 5, -1, -3])
    expect(await kernelThatIsRight([2, 3, 5, 24], [5, 3, 3, 3], [1, 1], [[1, 1], [low, 2 - low]])).toBe('f32-direct-1x4'); // prettier-ignore
  await kernelThatIsRight([1, 2, 9, 40], [3, 2, 5, 5], [2, 2], [[2, 2], [3, 1]]); // prettier-ignore
  await kernelThatIsRight([1, 1, 24], [1, 1, 4], [1], [[0, 9]], { rhsDilation: [3] });
  await kernelThatIsRight([1, 2, 12, 7], [3, 2, 3, 3], [1, 1], 'SAME', { dimensionNumbers: ['NCHW', 'OIHW', 'NCWH'] });
  await kernelThatIsRight([1, 4, 3, 5, 8], [4, 4, 2, 2, 3], [1, 1, 1], 'SAME', {}, 'int32');
});

test('narrow elements of lhs are converted once for all features of a quadruple, and for each place of a row', () => {
  const converting = (...call: Call): number => {
    const lowered = lower(problemOf(...call));
    const [wide, narrow] = (['float32', 'float16'] as const).map((lhs) =>
      directQuads.consider({ ...lowered, stored: { ...lowered.stored, lhs } }, gpu.facts),
    );
    if (typeof wide === 'string' || typeof narrow === 'string') throw new Error('refused');
    return narrow.cost - wide.cost;
  };
  const [features, row] = [
    converting([1, 8, 8, 4], [3, 3, 4, 8], [1, 1], 'SAME', NHWC),
    converting([1, 4, 8, 8], [8, 4, 3, 3], [1, 1], 'SAME'),
  ];
  expect(features).toBeGreaterThan(0);
  expect(row / features).toBeCloseTo(4);
});

test('refuses what does not come in fours, and says why', () => {
  const reason = (...call: Call): unknown => directQuads.consider(lower(problemOf(...call)), gpu.facts);
  expect(reason([1, 8, 8, 4], [3, 3, 4, 6], [1, 1], 'SAME', NHWC)).toMatch(/6 neighbours/);
  expect(reason([1, 4, 8, 8], [4, 4, 3, 3], [1, 1], [[1, 1], [1, 2]], { lhsDilation: [1, 2] })).toMatch(/zeros between/); // prettier-ignore
  expect(reason([1, 8, 8, 4], [8, 4, 3, 3], [1, 1], 'SAME', { dimensionNumbers: ['NHWC', 'OIHW', 'NHWC'] })).toMatch(/of rhs lies apart/);
  expect(reason([4, 8, 8, 4], [3, 3, 4, 6], [1, 1], 'SAME', { dimensionNumbers: ['NHWC', 'HWIO', 'HWCN'] })).toMatch(/batch/);
  expect(reason([1, 8, 8, 4], [3, 3, 4, 8], [1, 1], 'SAME', NHWC, 'complex64')).toMatch(/complex/);
  expect(reason([1, 4, 8, 8], [4, 1, 3, 3], [1, 1], 'SAME', { dimensionNumbers: ['NCHW', 'OIHW', 'NHWC'], featureGroupCount: 4 })).toMatch(/of lhs lies apart/); // prettier-ignore
});

test('there is no text for quadruples that there are not', () => {
  const shape = {
    arithmetic: 'f32',
    axes: ['batch', 'group', 'feature', 0],
    stored: { lhs: 'float32', out: 'float32' },
    isDilated: false,
    isSingle: false,
    isQuad: true,
  } as const satisfies DirectShape;
  expect(directWgsl(shape)).toContain('lhs_apart');
  expect(() => directWgsl({ ...shape, isDilated: true })).toThrow(RangeError);
  expect(() => directWgsl({ ...shape, arithmetic: 'c64' })).toThrow(RangeError);
  expect(() => directWgsl({ ...shape, axes: ['group', 'feature', 0, 'batch'] })).toThrow(RangeError);
});
