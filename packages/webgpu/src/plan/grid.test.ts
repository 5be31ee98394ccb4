/** Every kernel walks on by the width of its grid: one workgroup in a row does the work of all. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectRight } from './expect-right.test.fixture.ts';
import type { problemOf } from '../convolve.test.fixture.ts';
import type { Algorithm, Dispatch } from './algorithm.ts';
import { direct } from './direct.ts';
import { directQuads } from './direct-quads.ts';
import { gemm, gemmIn } from './gemm.ts';
import { tiled } from './gemm-tile.ts';
import { shared } from './grid.ts';
import { lines } from './lines.ts';
import { planes } from './planes.ts';
import { strips } from './strips.ts';
import { TestGpu, withoutSubgroups } from './test-gpu.test.fixture.ts';
import { winograd } from './winograd.ts';

const NHWC = { dimensionNumbers: ['NHWC', 'HWIO', 'NHWC'] };

let gpu: TestGpu;
beforeAll(async () => {
  gpu = await TestGpu.open();
});
afterAll(() => gpu.close());

/** `algorithm` on grids of one workgroup in a row. */
function narrow({ name, consider }: Algorithm): Algorithm {
  const narrowed = (dispatch: Dispatch): Dispatch => {
    const { workgroups } = dispatch;
    return 'bytes' in workgroups ? dispatch : { ...dispatch, workgroups: [1, workgroups[1], workgroups[2]] };
  };
  return {
    name,
    consider(lowered, adapter) {
      const offer = consider(lowered, adapter);
      return typeof offer === 'string' ? offer : { ...offer, bind: (binding) => offer.bind(binding).map(narrowed) };
    },
  };
}

const LAYER = [[2, 24, 25, 8], [3, 3, 8, 9], [1, 1], 'SAME', NHWC] as const;
const FOURS = [[2, 24, 25, 8], [3, 3, 8, 12], [1, 1], 'SAME', NHWC] as const;
const HOLES = [[1, 21, 20, 3], [2, 2, 3, 5], [1, 1], [[1, 1], [1, 1]], { ...NHWC, lhsDilation: [3, 4] }] as const; // prettier-ignore
const PLANES = [[3, 60, 61, 5], [3, 3, 1, 5], [1, 1], 'SAME', { ...NHWC, featureGroupCount: 5 }] as const;

test.each([
  { name: 'direct', algorithm: direct, calls: [LAYER, HOLES] },
  { name: 'direct quads', algorithm: directQuads, calls: [FOURS] },
  { name: 'gemm', algorithm: gemm, calls: [LAYER, HOLES] },
  { name: 'gemm in registers', algorithm: gemm, calls: [LAYER], hasSubgroups: false },
  { name: 'tiled gemm', algorithm: gemmIn(() => [tiled(1)]), calls: [LAYER] },
  { name: 'lines', algorithm: lines, calls: [LAYER, HOLES, PLANES] },
  { name: 'strips', algorithm: strips, calls: [PLANES] },
  { name: 'planes', algorithm: planes, calls: [LAYER, HOLES, PLANES] },
  { name: 'winograd', algorithm: winograd(2), calls: [LAYER] },
])('$name', async ({ algorithm, calls, hasSubgroups = true }) => {
  const facts = hasSubgroups ? gpu.facts : withoutSubgroups(gpu.facts);
  for (const call of calls)
    await expectRight(gpu, { algorithm: narrow(algorithm), facts }, ...(call as unknown as Parameters<typeof problemOf>));
});

test('what is shared out, and among how many', () => {
  expect([shared(196, 4, Infinity), shared(196, 4, 64), shared(13, 144, 64), shared(10, 1, 64), shared(1e6, 1, Infinity)]).toEqual([
    196, 17, 1, 10, 65_535,
  ]);
});
