/** The implicit GEMM at its edges, against the formula: in every kind of tile, with and without subgroups. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemOf } from '../convolve.test.fixture.ts';
import { lower } from '../lower/lower.ts';
import type { Algorithm } from './algorithm.ts';
import { expectRight } from './expect-right.test.fixture.ts';
import { gemm, gemmIn } from './gemm.ts';
import { gemmTileVariants, laneTile, tiled } from './gemm-tile.ts';
import { TestGpu, withoutSubgroups } from './test-gpu.test.fixture.ts';

const NHWC = { dimensionNumbers: ['NHWC', 'HWIO', 'NHWC'] };
const NDHWC = { dimensionNumbers: ['NDHWC', 'DHWIO', 'NDHWC'] };

let gpu: TestGpu;
beforeAll(async () => {
  gpu = await TestGpu.open();
});
afterAll(() => gpu.close());

/** Sizes of a subgroup differ by driver. */
function lanes(): number {
  return gpu.facts.subgroupSize ?? 1;
}

const WAYS: readonly { readonly name: string; readonly way: () => Algorithm }[] = [
  { name: 'broadcast', way: () => gemmIn(() => [laneTile(lanes(), 2, 2)]) },
  { name: 'broadcast, three sets', way: () => gemmIn(() => [laneTile(lanes(), 3, 1)]) },
  { name: 'broadcast, one set', way: () => gemmIn(() => [laneTile(lanes(), 1, 1)]) },
  { name: 'in registers', way: () => gemmIn(() => [laneTile(1, 4, 8)]) },
  { name: 'in workgroup memory', way: () => gemmIn(() => [tiled(1)]) },
];

describe.each(WAYS)('$name', ({ way }) => {
  test('every rest of positions and features', async () => {
    for (const [features, out] of [[4, 15], [8, 16], [12, 17]]) await expectRight(gpu, { algorithm: way() }, [1, 5, 7, features], [3, 3, features, out], [1, 1], 'SAME', NHWC); // prettier-ignore
    for (const width of [15, 16, 17, 33])
      await expectRight(gpu, { algorithm: way() }, [2, 1, width, 4], [1, 1, 4, 9], [1, 1], 'VALID', NHWC);
  });

  test('features that are no fours, alone and together with taps', async () => {
    for (const features of [1, 2, 3, 5, 6, 7]) await expectRight(gpu, { algorithm: way() }, [1, 6, 9, features], [3, 3, features, 10], [2, 1], 'SAME', NHWC); // prettier-ignore
    await expectRight(gpu, { algorithm: way() }, [1, 6, 9, 3], [2, 4, 3, 10], [1, 1], [[1, 2], [3, 0]], { ...NHWC, rhsDilation: [1, 2] }); // prettier-ignore
  });

  test('layouts: channels first, and those that no framework has', async () => {
    await expectRight(gpu, { algorithm: way() }, [2, 5, 8, 7], [9, 5, 3, 3], [1, 1], 'SAME');
    await expectRight(gpu, { algorithm: way() }, [2, 3, 12, 11], [9, 3, 5, 5], [2, 2], 'SAME');
    await expectRight(gpu, { algorithm: way() }, [6, 10, 2, 9], [3, 12, 3, 6], [1, 1], 'SAME', {
      dimensionNumbers: ['CHNW', 'WOHI', 'WNCH'],
    });
  });

  test('strides, dilations, cropping, reversed windows, holes in the result', async () => {
    const options = { ...NHWC, lhsDilation: [3, 2], rhsDilation: [2, 3] };
    await expectRight(gpu, { algorithm: way() }, [2, 9, 10, 7], [3, 2, 7, 13], [2, 1], [[2, 1], [-1, 3]], options); // prettier-ignore
    await expectRight(gpu, { algorithm: way() }, [1, 5, 4, 8], [2, 2, 8, 8], [1, 1], [[1, 1], [1, 1]], { ...NHWC, lhsDilation: [3, 4] }); // prettier-ignore
    await expectRight(gpu, { algorithm: way() }, [1, 14, 13, 8], [3, 3, 8, 8], [1, 1], 'SAME', { ...NHWC, rhsDilation: [5, 6] });
  });

  test('groups of both kinds', async () => {
    await expectRight(gpu, { algorithm: way() }, [2, 6, 7, 12], [3, 3, 4, 15], [1, 1], 'SAME', { ...NHWC, featureGroupCount: 3 });
    await expectRight(gpu, { algorithm: way() }, [6, 6, 5, 4], [3, 3, 4, 9], [1, 1], 'SAME', { ...NHWC, batchGroupCount: 3 });
  });

  test('any rank', async () => {
    await expectRight(gpu, { algorithm: way() }, [20, 33], [17, 33], [], 'VALID');
    await expectRight(gpu, { algorithm: way() }, [2, 3, 40], [5, 3, 7], [2], [[3, 1]]);
    await expectRight(gpu, { algorithm: way() }, [1, 4, 5, 6, 4], [2, 3, 3, 4, 5], [1, 2, 1], 'SAME', NDHWC);
    await expectRight(gpu, { algorithm: way() }, [1, 2, 3, 4, 5, 3], [4, 2, 2, 2, 2, 3], [1, 1, 1, 1], 'VALID');
  });

  test('integers, which wrap', async () => {
    await expectRight(gpu, { algorithm: way() }, [1, 5, 7, 8], [3, 3, 8, 9], [1, 1], 'SAME', NHWC, 'int32');
    await expectRight(gpu, { algorithm: way() }, [1, 5, 7, 3], [3, 3, 3, 9], [1, 1], 'SAME', NHWC, 'uint32');
  });
});

test('few outputs and a long reduction: workgroups share it', async () => {
  const facts = { ...gpu.facts, isSoftware: false };
  // The gradient with respect to weights: a window as large as the image.
  for (const [batch, features, out, size] of [
    [8, 1, 9, 20],
    [3, 20, 5, 13],
    [5, 33, 2, 8],
  ]) {
    // prettier-ignore
    const call = [[batch, size, size, features], [size, size, features, out], [1, 1], [[1, 1], [1, 1]], NHWC] as const; // prettier-ignore
    expect(await expectRight(gpu, { algorithm: gemmIn(() => [tiled(1)]), facts }, ...call)).toMatch(/-split$/);
    expect(await expectRight(gpu, { algorithm: gemmIn(() => [tiled(2)]), facts }, ...call)).toMatch(/-split$/);
  }
});

test('the tile follows the adapter', () => {
  const lowered = lower(problemOf([1, 28, 28, 32], [3, 3, 32, 32], [1, 1], 'SAME', NHWC));
  const kernelOn = (facts: Partial<TestGpu['facts']>): unknown => {
    return gemm.consider(lowered, { ...withoutSubgroups(gpu.facts), ...facts });
  };
  expect(kernelOn({ subgroupSize: 8 })).toMatchObject({ kernel: 'f32-gemm-16x16-broadcast8' });
  expect(kernelOn({ subgroupSize: 4 })).toMatchObject({ kernel: 'f32-gemm-12x32-broadcast4' });
  expect(kernelOn({})).toMatchObject({ kernel: 'f32-gemm-4x8' });
  expect(kernelOn({ subgroupSize: 16 })).toMatchObject({ kernel: 'f32-gemm-16x32-broadcast16' });
  expect(kernelOn({ subgroupSize: 64 })).toMatchObject({ kernel: 'f32-gemm-4x8' });
  expect(kernelOn({ isSoftware: false, subgroupSize: 32 })).toMatchObject({ kernel: expect.stringMatching(/tiled/) as string });
  expect(kernelOn({ maxBindingBytes: 1000 })).toMatch(/larger than a binding/);
});

test('tuning on a card tries tiles of its subgroups, too, on as many workgroups as there are tiles', () => {
  const variants = gemmTileVariants({ ...withoutSubgroups(gpu.facts), isSoftware: false, subgroupSize: 32 });
  expect(variants.map(({ name }) => name)).toEqual(expect.arrayContaining(['64x64-tiled', '32x32-broadcast32', '32x128-broadcast32']));
  expect(variants.every(({ enoughWorkgroups }) => enoughWorkgroups === Infinity)).toBe(true);
});
