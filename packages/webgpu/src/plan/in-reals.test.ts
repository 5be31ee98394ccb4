/** Complex problems by algorithms for real numbers, against the formula. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectedOf, integers, problemOf } from '../convolve.test.fixture.ts';
import { lower } from '../lower/lower.ts';
import type { Algorithm } from './algorithm.ts';
import { gemm, gemmIn } from './gemm.ts';
import { tiled } from './gemm-tile.ts';
import { lines } from './lines.ts';
import { planes } from './planes.ts';
import { TestGpu } from './test-gpu.test.fixture.ts';
import { winograd } from './winograd.ts';

const NHWC = { dimensionNumbers: ['NHWC', 'HWIO', 'NHWC'] };

let gpu: TestGpu;
beforeAll(async () => {
  gpu = await TestGpu.open();
});
afterAll(() => gpu.close());

/** re and im by turns. */
function interleaved(re: readonly number[], im: readonly number[]): Float32Array {
  return Float32Array.from(re.flatMap((value, index) => [value, im[index]]));
}

async function expectComplex(algorithm: Algorithm, facts: TestGpu['facts'], ...call: Parameters<typeof problemOf>): Promise<string> {
  const [lhs, rhs, strides, padding, options] = call;
  const problem = problemOf(lhs, rhs, strides, padding, options, 'complex64');
  const [xRe, xIm] = [1, 2].map((seed) => integers(problem.lhs.shape, 'float32', seed));
  const [wRe, wIm] = [3, 4].map((seed) => integers(problem.rhs.shape, 'float32', seed));
  const products = (x: readonly number[], w: readonly number[]): number[] => expectedOf(problem, x, w);
  const [rr, ii, ri, ir] = [products(xRe, wRe), products(xIm, wIm), products(xRe, wIm), products(xIm, wRe)];
  const want = interleaved(
    rr.map((value, index) => value - ii[index]),
    ri.map((value, index) => value + ir[index]),
  );
  const candidate = algorithm.consider(lower(problem), facts);
  if (typeof candidate === 'string') throw new Error(candidate);
  const got = await gpu.run(candidate, interleaved(xRe, xIm), interleaved(wRe, wIm), new Float32Array(want.length).fill(77));
  // Both zeros are right.
  expect(Array.from(got, (value) => value + 0)).toEqual(Array.from(want, (value) => value + 0));
  return candidate.kernel;
}

test.each([
  { name: 'gemm', algorithm: gemm },
  { name: 'lines', algorithm: lines },
  { name: 'planes', algorithm: planes },
  { name: 'winograd', algorithm: winograd(2, { dimensions: [1] }) },
])('$name: layers, groups, dilated windows', async ({ name, algorithm }) => {
  const rhsOf = (features: number, out: number): number[] => [3, 3, features, out];
  expect(await expectComplex(algorithm, gpu.facts, [2, 7, 8, 16], rhsOf(16, 8), [1, 1], 'SAME', NHWC)).toMatch(`c64-${name}`);
  await expectComplex(algorithm, gpu.facts, [1, 7, 8, 32], rhsOf(16, 16), [1, 1], 'SAME', { ...NHWC, featureGroupCount: 2 });
  await expectComplex(algorithm, gpu.facts, [1, 9, 8, 16], rhsOf(16, 8), [1, 1], [[2, 2], [1, 2]], { ...NHWC, rhsDilation: [2, 1] }); // prettier-ignore
});

test('a result with holes is cleared, both parts of it', async () => {
  for (const algorithm of [gemm, lines, planes]) {
    await expectComplex(algorithm, gpu.facts, [1, 5, 4, 3], [2, 2, 3, 2], [1, 1], [[1, 1], [1, 1]], { ...NHWC, lhsDilation: [3, 4] }); // prettier-ignore
  }
});

test('a split reduction', async () => {
  const facts = { ...gpu.facts, isSoftware: false };
  const kernel = await expectComplex(gemmIn(() => [tiled(1)]), facts, [2, 13, 13, 8], [13, 13, 8, 3], [1, 1], 'VALID', NHWC); // prettier-ignore
  expect(kernel).toMatch(/^c64-gemm-.*-split$/);
});

test('features that do not lie side by side: components are positions of a dimension', async () => {
  for (const algorithm of [gemm, gemmIn(() => [tiled(1)]), lines, planes]) {
    await expectComplex(algorithm, gpu.facts, [2, 5, 7, 8], [3, 5, 3, 3], [1, 1], 'SAME');
    await expectComplex(algorithm, gpu.facts, [1, 8, 9], [6, 4, 4], [2], [[3, 1]], { featureGroupCount: 2, rhsDilation: [2] });
    await expectComplex(algorithm, gpu.facts, [1, 3, 5, 4], [3, 1, 2, 2], [1, 1], [[1, 1], [1, 1]], { featureGroupCount: 3, lhsDilation: [3, 4] }); // prettier-ignore
    // Side by side in the result alone.
    await expectComplex(algorithm, gpu.facts, [2, 3, 9], [3, 3, 4], [1], 'SAME', { dimensionNumbers: ['NCW', 'WIO', 'NWC'] });
  }
});

test('a transform whose bound is not proven for them leaves them to others', () => {
  const problem = problemOf([1, 16, 9, 9], [16, 16, 3, 3], [1, 1], 'SAME', {}, 'complex64');
  expect(winograd(2).consider(lower(problem), gpu.facts)).toMatch(/side by side/);
});
