/** The decision table: what runs what, and the sentences that explain it. */
import { expect, test } from 'vitest';
import { problemOf } from '../convolve.test.fixture.ts';
import { lower } from '../lower/lower.ts';
import type { AdapterFacts } from './algorithm.ts';
import { choose } from './choose.ts';

const NHWC = { dimensionNumbers: ['NHWC', 'HWIO', 'NHWC'] };
const LAVAPIPE: AdapterFacts = {
  isSoftware: true,
  isSwiftShader: false,
  subgroupSize: 8,
  maxBindingBytes: 2 ** 27,
  maxWorkgroups: 65_535,
  features: new Set(),
  expectedRuns: 600,
};
const SWIFTSHADER: AdapterFacts = { ...LAVAPIPE, isSwiftShader: true, subgroupSize: 4 };

function kernelOf(...call: Parameters<typeof problemOf>): string {
  return choose(lower(problemOf(...call)), LAVAPIPE).candidate.kernel;
}

test('layers of networks', () => {
  expect(kernelOf([1, 56, 56, 64], [3, 3, 64, 64], [1, 1], 'SAME', NHWC)).toMatch(/winograd-4x4/);
  expect(kernelOf([1, 56, 56, 64], [3, 3, 64, 64], [1, 1], 'SAME', { ...NHWC, precision: 'highest' })).toMatch(/gemm/);
  expect(kernelOf([1, 56, 56, 64], [1, 1, 64, 256], [1, 1], 'VALID', NHWC)).toMatch(/gemm/);
  expect(kernelOf([1, 224, 224, 3], [7, 7, 3, 64], [2, 2], 'SAME', NHWC)).toMatch(/gemm/);
  expect(kernelOf([1, 56, 56, 64], [3, 3, 64, 64], [1, 1], 'SAME', { ...NHWC, rhsDilation: [12, 12] })).toMatch(/gemm/);
  expect(kernelOf([1, 112, 112, 32], [3, 3, 1, 32], [1, 1], 'SAME', { ...NHWC, featureGroupCount: 32 })).toMatch(/strips/);
  expect(kernelOf([1, 768, 1024, 1], [7, 7, 1, 1], [1, 1], 'SAME', NHWC)).toMatch(/strips/);
  expect(kernelOf([1, 1, 65_536], [1, 1, 1024], [1], 'SAME')).toMatch(/lines/);
});

test('workgroup memory is left alone where shaders run on a CPU', () => {
  for (const adapter of [LAVAPIPE, SWIFTSHADER]) {
    const on = (...call: Parameters<typeof problemOf>): string => choose(lower(problemOf(...call)), adapter).candidate.kernel;
    for (const size of [3, 6, 12, 24, 48, 96]) {
      for (const window of [1, 2, 3, 5, 9]) {
        expect(on([1, 1, size, size], [1, 1, window, window], [1, 1], 'SAME')).not.toMatch(/planes/);
        expect(on([2, size, size, 3], [window, window, 3, 2], [1, 1], 'SAME', NHWC)).not.toMatch(/planes/);
        expect(on([1, 1, 4, size, size], [1, 1, 2, window, 1], [2, 1, 1], 'SAME')).not.toMatch(/planes/);
      }
    }
  }
});

test('SwiftShader has costs of its own: its products are dear beside Winograd’s transforms', () => {
  const call = [[1, 28, 28, 128], [3, 3, 16, 128], [1, 1], 'SAME', { ...NHWC, featureGroupCount: 8 }] as const;
  const kernelsOf = (adapter: AdapterFacts): string => choose(lower(problemOf(...call)), adapter).candidate.kernel;
  expect(kernelsOf(SWIFTSHADER)).toMatch(/winograd-4x4/);
  expect(kernelsOf({ ...SWIFTSHADER, isSwiftShader: false })).not.toMatch(/winograd-4x4/);
});

test('on a card, as far as costs that nobody has measured go', () => {
  const card: AdapterFacts = { ...LAVAPIPE, isSoftware: false, subgroupSize: 32 };
  const on = (...call: Parameters<typeof problemOf>): string => choose(lower(problemOf(...call)), card).candidate.kernel;
  expect(on([8, 56, 56, 64], [3, 3, 64, 64], [1, 1], 'SAME', NHWC)).toMatch(/winograd-4x4-.*tiled/);
  expect(on([1, 56, 56, 64], [1, 1, 64, 256], [1, 1], 'VALID', NHWC)).toMatch(/gemm-.*tiled/);
  expect(on([1, 768, 1024, 3], [9, 9, 3, 3], [1, 1], 'SAME', NHWC)).toMatch(/planes/);
  expect(on([1, 768, 1024, 1], [7, 7, 1, 1], [1, 1], 'SAME', NHWC)).toMatch(/strips/);
  expect(on([1, 1, 65_536], [1, 1, 1024], [1], 'SAME')).toMatch(/lines/);
});

test('every other algorithm has a reason', () => {
  const choice = choose(lower(problemOf([1, 8, 8, 4], [3, 3, 4, 4], [1, 1], 'SAME', NHWC)), LAVAPIPE);
  expect(choice.reasons).toHaveLength(8);
  expect(choice.reasons[0]).toMatch(/^about \d+ µs( and \d+ for compiling)?: /);
  expect(choice.reasons.slice(1).every((reason) => reason.startsWith('not '))).toBe(true);
});

test('what runs once goes to what compiles fast, what runs for ever to what runs fast', () => {
  const layer = lower(problemOf([1, 14, 14, 256], [3, 3, 256, 256], [1, 1], 'SAME', NHWC));
  const kernels = [1, 20, Infinity].map((expectedRuns) => choose(layer, { ...LAVAPIPE, expectedRuns }).candidate.kernel);
  expect(kernels).toEqual([expect.stringMatching(/direct-4x1/), expect.stringMatching(/gemm/), expect.stringMatching(/winograd-4x4/)]);
});

test('what is small goes to shaders that are compiled already', () => {
  expect(kernelOf([1, 4, 4, 2], [3, 3, 2, 2], [1, 1], 'SAME', NHWC)).toMatch(/direct/);
  expect(kernelOf([1, 8, 8, 8], [3, 3, 8, 8], [1, 1], 'SAME', NHWC)).toMatch(/direct-4x1/);
  expect(kernelOf([1, 8, 8, 8], [8, 8, 3, 3], [1, 1], 'SAME')).toMatch(/direct-1x4/);
  expect(kernelOf([1, 16, 16, 16], [3, 3, 16, 16], [1, 1], 'SAME', NHWC)).toMatch(/gemm/);
  expect(kernelOf([1, 1, 8], [1, 1, 3], [1], 'SAME')).toMatch(/direct/);
});
