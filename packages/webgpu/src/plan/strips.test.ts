/** Strips at their edges, against the formula: with weights in every invocation, and broadcast. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemOf } from '../convolve.test.fixture.ts';
import { lower } from '../lower/lower.ts';
import type { AdapterFacts } from './algorithm.ts';
import { expectRight } from './expect-right.test.fixture.ts';
import { strips, stripsIn, WIDTHS } from './strips.ts';
import { TestGpu, withoutSubgroups } from './test-gpu.test.fixture.ts';

const NHWC = { dimensionNumbers: ['NHWC', 'HWIO', 'NHWC'] };

let gpu: TestGpu;
beforeAll(async () => {
  gpu = await TestGpu.open();
});
afterAll(() => gpu.close());

const adapters = [
  { name: 'with the adapter’s subgroups', factsOf: (facts: AdapterFacts) => facts },
  { name: 'without subgroups', factsOf: withoutSubgroups },
];
const widths = WIDTHS.map((width) => ({ width, algorithm: stripsIn([width]) }));

const cases = adapters.flatMap((adapter) => widths.map((width) => ({ ...adapter, ...width })));

describe.each(cases)('$width wide, $name', ({ factsOf, algorithm }) => {
  test('one channel: every rest of strips, in either direction', async () => {
    const facts = factsOf(gpu.facts);
    for (const [height, width] of [[3, 8], [14, 9], [40, 15], [9, 33]]) await expectRight(gpu, { algorithm, facts }, [2, height, width, 1], [3, 3, 1, 1], [1, 1], 'SAME', NHWC); // prettier-ignore
    await expectRight(gpu, { algorithm, facts }, [1, 1, 30, 40], [1, 1, 7, 9], [1, 1], [[5, 1], [2, 9]]); // prettier-ignore
  });

  test('depthwise layers and multipliers, in both layouts', async () => {
    const facts = factsOf(gpu.facts);
    await expectRight(gpu, { algorithm, facts }, [2, 14, 20, 10], [3, 3, 1, 10], [1, 1], 'SAME', { ...NHWC, featureGroupCount: 10 });
    await expectRight(gpu, { algorithm, facts }, [2, 5, 14, 20], [10, 1, 3, 3], [1, 1], 'SAME', { featureGroupCount: 5 });
  });

  test('strides along the rows, dilations in both directions, cropping', async () => {
    const facts = factsOf(gpu.facts);
    await expectRight(gpu, { algorithm, facts }, [1, 14, 33, 1], [3, 5, 1, 1], [1, 2], 'SAME', NHWC);
    await expectRight(gpu, { algorithm, facts }, [1, 17, 33, 3], [3, 3, 1, 3], [1, 1], [[4, -1], [-2, 3]], { ...NHWC, featureGroupCount: 3, rhsDilation: [2, 3] }); // prettier-ignore
    await expectRight(gpu, { algorithm, facts }, [1, 7, 9, 1], [4, 4, 1, 1], [1, 1], [[2, 2], [1, 2]], { ...NHWC, lhsDilation: [2, 2] }); // prettier-ignore
  });

  test('rows that the window skips, and dilations that are no multiple of that', async () => {
    const facts = factsOf(gpu.facts);
    await expectRight(gpu, { algorithm, facts }, [1, 17, 19, 6], [5, 5, 1, 6], [2, 2], 'SAME', { ...NHWC, featureGroupCount: 6 });
    await expectRight(gpu, { algorithm, facts }, [2, 1, 29, 21], [1, 1, 3, 3], [3, 1], [[1, 2], [0, 1]], { rhsDilation: [2, 1] }); // prettier-ignore
    await expectRight(gpu, { algorithm, facts }, [1, 40, 9, 1], [2, 2, 1, 1], [9, 1], 'VALID', NHWC);
    await expectRight(gpu, { algorithm, facts }, [1, 15, 16, 1], [4, 3, 1, 1], [3, 2], [[2, 2], [1, 2]], { ...NHWC, lhsDilation: [2, 3] }); // prettier-ignore
  });

  test('rows in quadruples, from every place in one, and results in quadruples', async () => {
    const facts = factsOf(gpu.facts);
    for (const low of [0, 1, 2, 3, 5, -1]) {
      for (const high of [1, 2 - low]) await expectRight(gpu, { algorithm, facts }, [1, 11, 24, 1], [3, 3, 1, 1], [1, 1], [[1, 1], [low, high]], NHWC); // prettier-ignore
      await expectRight(gpu, { algorithm, facts }, [2, 3, 6, 20], [6, 1, 3, 5], [1, 1], [[1, 1], [low, 4 - low]], { featureGroupCount: 3 }); // prettier-ignore
      await expectRight(gpu, { algorithm, facts }, [1, 1, 9, 40], [1, 1, 5, 5], [2, 2], [[2, 2], [low, 3]]); // prettier-ignore
    }
    await expectRight(gpu, { algorithm, facts }, [1, 1, 9, 24], [1, 1, 3, 3], [1, 1], 'SAME', { rhsDilation: [1, 2] });
    await expectRight(gpu, { algorithm, facts }, [1, 1, 9, 24], [1, 1, 4, 4], [1, 1], [[2, 2], [2, 2]], { lhsDilation: [2, 2] }); // prettier-ignore
  });

  test('integers, which wrap', async () => {
    await expectRight(gpu, { algorithm, facts: factsOf(gpu.facts) }, [1, 1, 9, 20], [1, 1, 3, 3], [1, 1], 'SAME', {}, 'int32');
  });
});

test('a loop around the planes', async () => {
  const dimensionNumbers = ['NDHWC', 'DHWIO', 'NDHWC'];
  await expectRight(gpu, { algorithm: strips }, [2, 3, 9, 10, 1], [1, 3, 3, 1, 1], [2, 1, 1], 'VALID', { dimensionNumbers });
});

test('refuses what it cannot do, and says why', () => {
  const reason = (...call: Parameters<typeof problemOf>): unknown => strips.consider(lower(problemOf(...call)), gpu.facts);
  expect(reason([1, 9, 9, 2], [3, 3, 2, 1], [1, 1], 'SAME', NHWC)).toMatch(/several input features/);
  expect(reason([1, 1, 9], [1, 1, 3], [1], 'SAME')).toMatch(/no plane/);
  expect(reason([1, 1, 9, 9, 9], [1, 1, 3, 3, 3], [1, 1, 1], 'SAME')).toMatch(/more than two dimensions/);
  expect(reason([1, 1, 40, 40], [1, 1, 9, 9], [1, 1], 'SAME')).toMatch(/large window/);
  expect(reason([1, 1, 90, 9], [1, 1, 3, 3], [2, 1], 'SAME', { rhsDilation: [31, 1] })).toMatch(/rows lie far apart/);
  expect(reason([1, 1, 4, 9, 9], [1, 1, 1, 3, 3], [1, 1, 1], [[1, 1], [1, 1], [1, 1]])).toMatch(/padding around/); // prettier-ignore
});
