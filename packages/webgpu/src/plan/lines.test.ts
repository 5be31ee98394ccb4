/** Lines at their edges, against the formula. */
import { afterAll, beforeAll, describe, test } from 'vitest';
import type { AdapterFacts } from './algorithm.ts';
import { expectRight } from './expect-right.test.fixture.ts';
import { BLOCKS, linesIn } from './lines.ts';
import { TestGpu, withoutSubgroups } from './test-gpu.test.fixture.ts';

const NHWC = { dimensionNumbers: ['NHWC', 'HWIO', 'NHWC'] };
const NDHWC = { dimensionNumbers: ['NDHWC', 'DHWIO', 'NDHWC'] };

let gpu: TestGpu;
beforeAll(async () => {
  gpu = await TestGpu.open();
});
afterAll(() => gpu.close());

describe.each(BLOCKS)('$sums sums', (block) => {
  const algorithm = linesIn([block]);

  test('every rest of a part of a line, and of a chunk of taps', async () => {
    for (const length of [15, 16, 17, 40]) await expectRight(gpu, { algorithm }, [2, 1, length], [1, 1, 5], [1], [[2, 3]]);
    for (const taps of [8, 9, 15, 16, 17]) await expectRight(gpu, { algorithm }, [1, 1, 60], [1, 1, taps], [1], [[taps - 1, 3]]);
  });

  test('strides and dilations along the line, whole windows and chunks', async () => {
    for (const taps of [3, 11]) {
      await expectRight(gpu, { algorithm }, [1, 1, 70], [1, 1, taps], [2], [[3, 4]]);
      await expectRight(gpu, { algorithm }, [1, 1, 70], [1, 1, taps], [1], [[3, 4]], { rhsDilation: [3] });
      await expectRight(gpu, { algorithm }, [1, 1, 90], [1, 1, taps], [4], [[3, 4]], { rhsDilation: [6] });
      await expectRight(gpu, { algorithm }, [1, 1, 30], [1, 1, taps], [1], [[3, 4]], { lhsDilation: [3] });
    }
  });

  test('several features on either side, depthwise layers, multipliers', async () => {
    await expectRight(gpu, { algorithm }, [1, 9, 11, 3], [3, 3, 3, 3], [1, 1], 'SAME', NHWC);
    await expectRight(gpu, { algorithm }, [1, 3, 9, 11], [6, 3, 3, 3], [1, 1], 'SAME');
    await expectRight(gpu, { algorithm }, [2, 9, 20, 10], [5, 5, 1, 10], [2, 2], 'SAME', { ...NHWC, featureGroupCount: 10 });
    await expectRight(gpu, { algorithm }, [2, 9, 20, 5], [3, 3, 1, 15], [1, 1], 'SAME', { ...NHWC, featureGroupCount: 5 });
    await expectRight(gpu, { algorithm }, [4, 7, 8, 3], [3, 3, 3, 4], [1, 1], 'SAME', { ...NHWC, batchGroupCount: 2 });
  });

  test('planes and volumes, cropping, holes', async () => {
    await expectRight(gpu, { algorithm }, [1, 4, 5, 6, 1], [3, 3, 3, 1, 1], [1, 1, 1], 'SAME', NDHWC);
    await expectRight(gpu, { algorithm }, [1, 9, 10, 2], [3, 2, 2, 3], [2, 1], [[2, 1], [-1, 3]], { ...NHWC, lhsDilation: [3, 2], rhsDilation: [2, 3] }); // prettier-ignore
    await expectRight(gpu, { algorithm }, [1, 5, 4, 2], [2, 2, 2, 1], [1, 1], [[1, 1], [1, 1]], { ...NHWC, lhsDilation: [3, 4] }); // prettier-ignore
  });

  test.each([
    { name: 'with the adapter’s subgroups', of: (facts: AdapterFacts) => facts },
    { name: 'without subgroups', of: withoutSubgroups },
  ])('lines in quadruples, from every place in one, whole windows and chunks, $name', async ({ of }) => {
    const facts = of(gpu.facts);
    for (const low of [0, 1, 2, 3, 4, -1, -2]) {
      for (const taps of [5, 8, 13, 31]) await expectRight(gpu, { algorithm, facts }, [1, 1, 68], [1, 1, taps], [1], [[low, 5]]);
      // Rows, so that those of a subgroup lie in several, some of them beyond the edge.
      await expectRight(gpu, { algorithm, facts }, [2, 1, 5, 12], [1, 1, 3, 9], [1, 1], [[1, 1], [low, 6]]); // prettier-ignore
      await expectRight(gpu, { algorithm, facts }, [1, 1, 68], [1, 1, 9], [2], [[low, 5]]);
    }
    await expectRight(gpu, { algorithm, facts }, [2, 3, 8, 20], [4, 3, 3, 9], [1, 1], 'SAME');
    await expectRight(gpu, { algorithm, facts }, [1, 1, 40], [1, 1, 12], [1], [[2, 3]], { rhsDilation: [2] });
  });

  test('integers, which wrap', async () => {
    await expectRight(gpu, { algorithm }, [1, 1, 40], [1, 1, 5], [1], [[2, 3]], {}, 'int32');
    await expectRight(gpu, { algorithm }, [1, 1, 40], [1, 1, 12], [1], [[2, 3]], {}, 'uint32');
  });
});
