/** Every algorithm on tensors of every dtype that is not what it computes in, in each way to convert them, against the formula. */
import { allocate, elementConverter, sizeOf, type ConvProblem, type Tensor, type TensorSpec } from '@laxconv/api/backend';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectedOf, integers, problemOf } from '../convolve.test.fixture.ts';
import { acquireDevice } from '../device/acquire.ts';
import { Gpu } from '../device/gpu.ts';
import { lower } from '../lower/lower.ts';
import { backendOn } from '../webgpu-backend.ts';
import type { Algorithm, Candidate } from './algorithm.ts';
import { waysOf } from './as-stored.ts';
import { direct } from './direct.ts';
import { directQuads } from './direct-quads.ts';
import { gemm, gemmIn } from './gemm.ts';
import { tiled } from './gemm-tile.ts';
import { lines } from './lines.ts';
import { planes } from './planes.ts';
import { strips } from './strips.ts';
import { winograd } from './winograd.ts';

const NHWC = { dimensionNumbers: ['NHWC', 'HWIO', 'NHWC'] };
const DTYPES_OF_WORDS = ['float16', 'bfloat16', 'int8', 'uint8', 'int16', 'uint16', 'bool'] as const;

/** What an algorithm is tried on: a layer whose features are read in vectors, one where they are not, a hole in the result. */
type Call = Parameters<typeof problemOf>;
const LAYERS: readonly Call[] = [
  [[1, 6, 7, 8], [3, 3, 8, 9], [1, 1], 'SAME', NHWC],
  [[2, 3, 6, 5], [5, 3, 3, 3], [2, 1], [[1, 2], [0, 1]], {}], // prettier-ignore
  [[1, 4, 5, 3], [2, 2, 3, 5], [1, 1], [[1, 1], [1, 1]], { ...NHWC, lhsDilation: [3, 4] }], // prettier-ignore
];
const PLANES: readonly Call[] = [
  [[1, 9, 11, 1], [3, 3, 1, 1], [1, 1], 'SAME', NHWC],
  [[1, 9, 7, 5], [3, 2, 1, 5], [1, 1], 'SAME', { ...NHWC, featureGroupCount: 5 }],
];
const FOURS: readonly Call[] = [
  [[1, 6, 7, 3], [3, 3, 3, 12], [1, 1], 'SAME', NHWC],
  [[1, 6, 5, 12], [3, 3, 1, 12], [1, 1], 'SAME', { ...NHWC, featureGroupCount: 12 }],
  [[2, 3, 6, 8], [5, 3, 3, 3], [2, 1], 'SAME', {}],
];
const LONG: readonly Call[] = [[[1, 13, 13, 8], [13, 13, 8, 3], [1, 1], 'VALID', NHWC]];

const cards = { isSoftware: false };
/** `refuses`: why some way is none of an algorithm's. */
const TRIED: readonly { name: string; algorithm: Algorithm; calls: readonly Call[]; facts?: object; refuses?: string }[] = [
  { name: 'direct', algorithm: direct, calls: LAYERS },
  { name: 'direct quads', algorithm: directQuads, calls: FOURS, refuses: 'float16, which is stored element by element' },
  { name: 'gemm', algorithm: gemm, calls: LAYERS },
  { name: 'tiled gemm', algorithm: gemmIn(() => [tiled(1)]), calls: LAYERS, facts: cards },
  { name: 'split gemm', algorithm: gemmIn(() => [tiled(1)]), calls: LONG, facts: cards },
  { name: 'lines', algorithm: lines, calls: [...LAYERS, ...PLANES] },
  { name: 'strips', algorithm: strips, calls: PLANES },
  { name: 'planes', algorithm: planes, calls: [...LAYERS, ...PLANES] },
  { name: 'winograd', algorithm: winograd(2), calls: LAYERS.slice(0, 1) },
];

describe.each([
  { device: 'as it is', withoutFeatures: [] },
  { device: 'without features', withoutFeatures: ['shader-f16', 'subgroups'] },
])('a device $device', ({ withoutFeatures }) => {
  let gpu: Gpu;
  beforeAll(async () => {
    gpu = new Gpu(await acquireDevice({ withoutFeatures }));
  });
  afterAll(() => gpu.destroy());

  test.each(TRIED)('$name', async ({ name, algorithm, calls, facts = {}, refuses }) => {
    const adapter = { ...gpu.facts, ...facts };
    for (const dtype of DTYPES_OF_WORDS) {
      for (const call of calls) {
        const [lhs, rhs, strides, padding, options] = call;
        const problem = problemOf(lhs, rhs, strides, padding, options, dtype);
        const [xs, ws] = [integers(problem.lhs.shape, 'uint32', 1), integers(problem.rhs.shape, 'uint32', 2)].map((values) =>
          // Few enough that sums are exact in bfloat16, too.
          values.map((value) => (dtype === 'bool' || dtype === 'bfloat16' ? value % 2 : value % 4)),
        );
        const want = numbersOf(tensorOf(problem.out, expectedOf(problem, xs, ws)));
        const ways = waysOf(algorithm, lower(problem), adapter);
        if (ways.every((way) => way === 'float32 only')) continue;
        for (const way of ways) {
          if (typeof way === 'string' && way === refuses) continue;
          if (typeof way === 'string') throw new Error(way);
          if (name === 'split gemm') expect(way.kernel).toMatch(/-split/);
          const result = await resultOf(gpu, way, problem, tensorOf(problem.lhs, xs), tensorOf(problem.rhs, ws));
          expect({ dtype, call, kernel: way.kernel, got: numbersOf(result) }).toEqual({
            dtype,
            call,
            kernel: way.kernel,
            got: want,
          });
        }
      }
    }
  });

  test('the ways are told apart by their kernels', () => {
    const problem = problemOf([1, 6, 7, 8], [3, 3, 8, 9], [1, 1], 'SAME', NHWC, 'float16');
    const kernels = waysOf(gemm, lower(problem), gpu.facts).map((way) => (way as Candidate).kernel.replace(/^.*?(?=-from|-to|$)/, ''));
    const halves = gpu.facts.features.has('shader-f16')
      ? ['', '-to-float16', '-from-float16', '-from-float16-to-float16']
      : ['', '-from-float16'];
    expect(kernels).toEqual(halves);
  });

  test('subnormal numbers of float16 are none of float32', async () => {
    for (const algorithm of [direct, gemm, lines]) {
      const problem = problemOf([1, 1, 12], [1, 1, 2], [1], 'SAME', {}, 'float16');
      for (const way of waysOf(algorithm, lower(problem), gpu.facts)) {
        if (typeof way === 'string') throw new Error(way);
        // 2⁻²⁰, and its product with 1024.
        const lhs = { ...problem.lhs, data: new Uint16Array(12).fill(0x0010) };
        const result = await resultOf(gpu, way, problem, lhs, { ...problem.rhs, data: Uint16Array.of(0x6400, 0) });
        expect([way.kernel, numbersOf(result)]).toEqual([way.kernel, Array.from({ length: 12 }, () => 0x1400)]);
      }
    }
  });

  test('what is not narrow has one way', () => {
    for (const dtype of ['float32', 'int32', 'uint32', 'complex64'] as const) {
      expect(waysOf(direct, lower(problemOf([1, 1, 9], [1, 1, 3], [1], 'SAME', {}, dtype)), gpu.facts)).toHaveLength(1);
    }
  });
});

/** What `candidate` makes of the operands, in a backend of its own. */
async function resultOf({ device }: Gpu, candidate: Candidate, problem: ConvProblem, lhs: Tensor, rhs: Tensor): Promise<Tensor> {
  const gpu = new Gpu(await acquireDevice({ device }));
  await soil(gpu, sizeOf(problem.out.shape));
  const backend = backendOn(gpu, [{ name: 'one way', readsInPlace: true, consider: () => candidate }]);
  const bound = await (await backend.prepare(problem)).bindRhs(rhs);
  const result = (await bound.run(lhs)) as Tensor;
  await backend.dispose();
  return result;
}

/** Leaves idle buffers for results of so many elements that are not all zeros, as new ones are. */
async function soil({ pool, device }: Gpu, elements: number): Promise<void> {
  for (const bytes of [1, 2, 4].map((size) => size * elements)) {
    const buffer = await pool.take('test', bytes);
    device.queue.writeBuffer(buffer.buffer, 0, new Uint8Array(buffer.bytes).fill(77));
    pool.give(buffer);
  }
}

function tensorOf({ shape, dtype }: TensorSpec, values: readonly number[]): Tensor {
  const data = allocate(dtype, sizeOf(shape));
  const convert = elementConverter('int32', dtype);
  for (const [at, value] of values.entries()) data[at] = convert(value) as never;
  return { dtype, shape, data };
}

function numbersOf({ data }: Tensor): number[] {
  return Array.from(data as Uint8Array);
}
