/** Planes at their edges, against the formula. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { problemOf } from '../convolve.test.fixture.ts';
import { lower } from '../lower/lower.ts';
import { expectRight } from './expect-right.test.fixture.ts';
import { planes } from './planes.ts';
import { TestGpu } from './test-gpu.test.fixture.ts';

const NHWC = { dimensionNumbers: ['NHWC', 'HWIO', 'NHWC'] };
const algorithm = planes;

let gpu: TestGpu;
beforeAll(async () => {
  gpu = await TestGpu.open();
});
afterAll(() => gpu.close());

test('one channel: every rest of tiles, in either direction', async () => {
  for (const [height, width] of [[3, 8], [8, 64], [9, 65], [40, 15], [17, 130]]) await expectRight(gpu, { algorithm }, [2, height, width, 1], [3, 3, 1, 1], [1, 1], 'SAME', NHWC); // prettier-ignore
  await expectRight(gpu, { algorithm }, [1, 1, 30, 70], [1, 1, 7, 9], [1, 1], [[5, 1], [2, 9]]); // prettier-ignore
});

test('channels to channels, in both layouts, and groups of either kind', async () => {
  await expectRight(gpu, { algorithm }, [2, 12, 70, 3], [5, 5, 3, 6], [1, 1], 'SAME', NHWC);
  await expectRight(gpu, { algorithm }, [2, 3, 12, 70], [9, 3, 5, 5], [2, 2], 'SAME');
  await expectRight(gpu, { algorithm }, [2, 14, 20, 10], [3, 3, 1, 20], [1, 1], 'SAME', { ...NHWC, featureGroupCount: 10 });
  await expectRight(gpu, { algorithm }, [4, 6, 9, 2], [3, 3, 2, 6], [1, 1], 'SAME', { ...NHWC, batchGroupCount: 2 });
});

test('strides, dilations in both directions, cropping, wide windows', async () => {
  await expectRight(gpu, { algorithm }, [1, 17, 133, 3], [7, 7, 3, 5], [2, 2], 'SAME', NHWC);
  await expectRight(gpu, { algorithm }, [1, 17, 33, 3], [3, 3, 1, 3], [1, 1], [[4, -1], [-2, 3]], { ...NHWC, featureGroupCount: 3, rhsDilation: [2, 3] }); // prettier-ignore
  await expectRight(gpu, { algorithm }, [1, 7, 9, 1], [4, 4, 1, 1], [1, 1], [[2, 2], [1, 2]], { ...NHWC, lhsDilation: [2, 2] }); // prettier-ignore
  await expectRight(gpu, { algorithm }, [1, 40, 40, 1], [31, 31, 1, 1], [1, 1], 'SAME', NHWC);
  // 32 rows of 128 elements: all that can be staged.
  await expectRight(gpu, { algorithm }, [1, 26, 70, 1], [25, 65, 1, 1], [1, 1], 'SAME', NHWC);
});

test('volumes, and integers, which wrap', async () => {
  await expectRight(gpu, { algorithm }, [1, 2, 5, 9, 20], [3, 2, 3, 3, 3], [1, 1, 2], 'SAME');
  await expectRight(gpu, { algorithm }, [1, 9, 20, 2], [3, 3, 2, 5], [1, 1], 'SAME', NHWC, 'int32');
});

test('what it leaves to others', () => {
  const why = (...call: Parameters<typeof problemOf>): unknown => planes.consider(lower(problemOf(...call)), gpu.facts);
  expect(why([1, 1, 9], [1, 1, 3], [1], 'SAME')).toBe('no plane');
  expect(why([1, 500, 500, 1], [64, 64, 1, 1], [1, 1], 'SAME', NHWC)).toMatch(/workgroup memory/);
});
