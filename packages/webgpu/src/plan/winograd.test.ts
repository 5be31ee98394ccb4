/** Winograd's transforms at their edges, against the formula: every rest of tiles and features, layouts, groups, loops around the tiles. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemOf } from '../convolve.test.fixture.ts';
import { lower } from '../lower/lower.ts';
import type { Algorithm } from './algorithm.ts';
import { expectRight } from './expect-right.test.fixture.ts';
import { TestGpu } from './test-gpu.test.fixture.ts';
import { winograd, winograd2, winograd4 } from './winograd.ts';

const NHWC = { dimensionNumbers: ['NHWC', 'HWIO', 'NHWC'] };
const NWC = { dimensionNumbers: ['NWC', 'WIO', 'NWC'] };
const NDHWC = { dimensionNumbers: ['NDHWC', 'DHWIO', 'NDHWC'] };

let gpu: TestGpu;
beforeAll(async () => {
  gpu = await TestGpu.open();
});
afterAll(() => gpu.close());

describe.each([2, 4] as const)('F(%i, 3)', (outputs) => {
  async function expectTiles(algorithm: Algorithm, ...call: Parameters<typeof problemOf>): Promise<void> {
    // F(2, 3) halves, which is exact.
    const kernel = await expectRight(gpu, { algorithm, slack: outputs === 2 ? 0 : 0.02 }, ...call);
    expect(kernel).toContain('winograd');
  }

  describe.each([1, 2])('in %i dimensions', (dimensions) => {
    const algorithm = winograd(outputs, { dimensions: [dimensions] });

    test('every rest of rows and columns of tiles', async () => {
      for (let size = 2; size <= 8; size++) await expectTiles(algorithm, [1, size, 10 - size, 8], [3, 3, 8, 8], [1, 1], 'SAME', NHWC);
    });

    test('every rest of features', async () => {
      for (let features = 8; features <= 13; features++) {
        await expectTiles(algorithm, [1, 5, 6, features], [3, 3, features, 21 - features], [1, 1], 'SAME', NHWC);
      }
    });

    test('runs of tiles that are shared out', async () => {
      await expectTiles(algorithm, [2, 19, 50, 8], [3, 3, 8, 8], [1, 1], 'SAME', NHWC);
    });

    test('channels first, groups of both kinds, padding and cropping', async () => {
      await expectTiles(algorithm, [2, 9, 7, 6], [10, 9, 3, 3], [1, 1], 'SAME');
      await expectTiles(algorithm, [2, 16, 7, 6], [16, 8, 3, 3], [1, 1], [[3, -1], [-2, 4]], { featureGroupCount: 2 }); // prettier-ignore
      await expectTiles(algorithm, [4, 6, 7, 8], [3, 3, 8, 16], [1, 1], 'SAME', { ...NHWC, batchGroupCount: 2 });
    });

    test('taps apart, and a phase of a transposed convolution', async () => {
      await expectTiles(algorithm, [2, 13, 17, 9], [3, 3, 9, 11], [1, 1], 'SAME', { ...NHWC, rhsDilation: [2, 3] });
      await expectTiles(algorithm, [1, 9, 9, 8], [6, 5, 8, 8], [1, 1], [[3, 3], [2, 2]], { ...NHWC, lhsDilation: [2, 2] }); // prettier-ignore
    });

    test('another window around the tiles', async () => {
      await expectTiles(algorithm, [1, 4, 7, 6, 8], [2, 3, 3, 8, 8], [2, 1, 1], 'SAME', NDHWC);
    });
  });

  test('one dimension', async () => {
    const algorithm = winograd(outputs);
    for (let size = 3; size <= 11; size++) await expectTiles(algorithm, [2, size, 16], [3, 16, 8], [1], 'SAME', NWC);
  });
});

describe('what it takes', () => {
  const lowered = (options: object, features = 16) =>
    lower(problemOf([1, 12, 12, features], [3, 3, features, 16], [1, 1], 'SAME', { ...NHWC, ...options }));

  test('precision decides', () => {
    expect(winograd4.consider(lowered({ precision: 'highest' }), gpu.facts)).toMatch(/'highest' allows direct kernels only/);
    expect(winograd2.consider(lowered({ precision: 'highest' }), gpu.facts)).toMatch(/'highest' allows direct kernels only/);
    expect(winograd4.consider(lowered({ precision: 'high' }), gpu.facts)).toMatch(/'high' allows F\(2, 3\) only/);
    expect(winograd2.consider(lowered({ precision: 'high' }), gpu.facts)).toMatchObject({ errorBound: { kind: 'tile' } });
  });

  test('the bound counts positions of the dilated lhs', () => {
    const algorithm = winograd(4, { dimensions: [2] });
    expect(algorithm.consider(lowered({ rhsDilation: [2, 3] }), gpu.facts)).toMatchObject({
      errorBound: { kind: 'tile', c: 4, tile: [11, 16] },
    });
    expect(algorithm.consider(lowered({}), gpu.facts)).toMatchObject({ errorBound: { tile: [6, 6] } });
  });

  test('no few features, no other windows, nothing larger than a binding', () => {
    expect(winograd4.consider(lowered({}, 7), gpu.facts)).toMatch(/fewer than 8 features/);
    const fives = lower(problemOf([1, 12, 12, 16], [5, 5, 16, 16], [1, 1], 'SAME', NHWC));
    expect(winograd4.consider(fives, gpu.facts)).toMatch(/no window of 3/);
    expect(winograd4.consider(lowered({}), { ...gpu.facts, maxBindingBytes: 10_000 })).toMatch(/larger than a binding/);
  });
});
