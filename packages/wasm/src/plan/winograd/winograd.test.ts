/** Winograd's transforms at their edges, against the formula: every rest of tiles and vectors, layouts, groups, on both builds. */
import { describe, expect, test } from 'vitest';
import { Lifetime, sizeOf, type Tensor } from '@laxconv/api/backend';
import { convolve, expectedOf, integers, problemOf } from '../../convolve.test.fixture.ts';
import { lower } from '../../lower/lower.ts';
import { ISAS, ReversingMachine } from '../../machine.test.fixture.ts';
import { loadModule } from '../../module/load.ts';
import type { Machine } from '../../program/machine.ts';
import { WasmPlan } from '../../wasm-plan.ts';
import type { Algorithm } from '../algorithm.ts';
import { winograd, winograd2, winograd4 } from './winograd.ts';

const NHWC = { dimensionNumbers: ['NHWC', 'HWIO', 'NHWC'] };
const NDHWC = { dimensionNumbers: ['NDHWC', 'DHWIO', 'NDHWC'] };
const NWC = { dimensionNumbers: ['NWC', 'WIO', 'NWC'] };

function peakOf({ data }: Tensor): number {
  return (data as Float32Array).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

async function expectRight(machine: Machine, algorithm: Algorithm, ...call: Parameters<typeof problemOf>): Promise<void> {
  const problem = problemOf(...call);
  const [lhs, rhs] = [integers(problem.lhs.shape, 'float32', 1), integers(problem.rhs.shape, 'float32', 2)];
  const { kernel, out } = await convolve(machine, problem, lhs, rhs, [algorithm]);
  const want = expectedOf(problem, lhs, rhs);
  const worst = out.reduce((most, value, index) => Math.max(most, Math.abs(value - want[index])), 0);
  expect(kernel).toContain('winograd');
  // Integers of up to 3 in sums of some hundred products: a wrong term is off by 1 at least. F(2, 3) halves, which is exact.
  const isSmall = algorithm === winograd2 ? worst === 0 : worst < 0.02;
  expect({ call, worst: isSmall ? 'small' : worst }).toEqual({ call, worst: 'small' });
}

describe.each(ISAS.flatMap((isa) => [winograd2, winograd4].map((algorithm) => ({ isa, algorithm, name: algorithm.name }))))(
  '$name on $isa',
  ({ isa, algorithm }) => {
    test('every rest of rows and columns of tiles', async () => {
      const machine = new ReversingMachine(await loadModule(isa));
      for (let size = 2; size <= 8; size++) {
        await expectRight(machine, algorithm, [1, size, 10 - size, 8], [3, 3, 8, 8], [1, 1], 'SAME', NHWC);
        await expectRight(machine, algorithm, [2, size, 16], [3, 16, 8], [1], 'SAME', NWC);
      }
    });

    test('every rest of features', async () => {
      const machine = new ReversingMachine(await loadModule(isa));
      for (let features = 8; features <= 13; features++) {
        await expectRight(machine, algorithm, [1, 5, 6, features], [3, 3, features, 21 - features], [1, 1], 'SAME', NHWC);
        await expectRight(machine, algorithm, [1, 7, features + 8], [3, features + 8, 21 - features], [1], 'VALID', NWC);
      }
    });

    test('blocks of tiles, and the rest of them', async () => {
      const machine = new ReversingMachine(await loadModule(isa));
      await expectRight(machine, algorithm, [2, 67, 62, 8], [3, 3, 8, 8], [1, 1], 'SAME', NHWC);
      await expectRight(machine, algorithm, [2, 2300, 16], [3, 16, 8], [1], 'SAME', NWC);
    });

    test('channels first, groups of both kinds, padding and cropping, a loop around the tiles', async () => {
      const machine = new ReversingMachine(await loadModule(isa));
      await expectRight(machine, algorithm, [2, 9, 7, 6], [10, 9, 3, 3], [1, 1], 'SAME');
      await expectRight(machine, algorithm, [2, 16, 7, 6], [16, 8, 3, 3], [1, 1], [[3, -1], [-2, 4]], { featureGroupCount: 2 }); // prettier-ignore
      await expectRight(machine, algorithm, [4, 6, 7, 8], [3, 3, 8, 16], [1, 1], 'SAME', { ...NHWC, batchGroupCount: 2 });
      await expectRight(machine, algorithm, [1, 5, 9, 16], [1, 3, 16, 8], [2, 1], 'SAME', NHWC);
      await expectRight(machine, algorithm, [1, 9, 5, 16], [3, 1, 16, 8], [1, 1], 'SAME', NHWC);
    });

    test('taps of a third dimension, summed under the transform: strides, dilations, chunks, blocks', async () => {
      const machine = new ReversingMachine(await loadModule(isa));
      const layer = [3, 3, 3, 9, 10];
      await expectRight(machine, algorithm, [2, 4, 5, 6, 9], layer, [1, 1, 1], 'SAME', NDHWC);
      await expectRight(machine, algorithm, [1, 35, 5, 3, 9], layer, [1, 1, 1], 'SAME', NDHWC);
      await expectRight(machine, algorithm, [1, 9, 5, 6, 9], layer, [2, 1, 1], 'SAME', NDHWC);
      await expectRight(machine, algorithm, [1, 9, 5, 6, 9], layer, [2, 1, 1], 'SAME', { ...NDHWC, rhsDilation: [3, 1, 1] });
      await expectRight(machine, algorithm, [1, 9, 5, 6, 9], layer, [1, 1, 1], 'SAME', { ...NDHWC, rhsDilation: [2, 1, 2] });
      await expectRight(machine, algorithm, [1, 20, 40, 40, 8], [3, 3, 3, 8, 8], [1, 1, 1], 'SAME', NDHWC);
      await expectRight(machine, algorithm, [1, 6, 40, 40, 8], [3, 3, 3, 8, 8], [2, 1, 1], 'SAME', NDHWC);
      await expectRight(machine, algorithm, [1, 8, 5, 6, 7], [8, 8, 3, 3, 3], [1, 1, 1], 'SAME');
    });

    test('one dimension transformed, the other summed', async () => {
      const machine = new ReversingMachine(await loadModule(isa));
      const { outputs } = algorithm === winograd2 ? ({ outputs: 2 } as const) : ({ outputs: 4 } as const);
      await expectRight(machine, algorithm, [1, 9, 7, 8], [5, 3, 8, 8], [1, 1], 'SAME', NHWC);
      await expectRight(machine, algorithm, [1, 9, 7, 8], [3, 5, 8, 8], [1, 1], 'SAME', NHWC);
      await expectRight(machine, winograd(outputs, { dimensions: [1] }), [1, 9, 7, 8], [3, 3, 8, 8], [1, 1], 'SAME', NHWC);
      await expectRight(machine, winograd(outputs, { dimensions: [1] }), [1, 90, 70, 8], [3, 3, 8, 8], [2, 1], 'SAME', NHWC);
    });

    test('taps apart: every class of outputs by itself, cut where the last tile meets padding', async () => {
      const machine = new ReversingMachine(await loadModule(isa));
      for (const dilation of [2, 3, 4, 7]) {
        const options = { ...NHWC, rhsDilation: [dilation, 2] };
        await expectRight(machine, algorithm, [2, 19, 10, 8], [3, 3, 8, 8], [1, 1], 'SAME', options);
        await expectRight(machine, algorithm, [1, 19, 10, 8], [3, 3, 8, 8], [1, 1], 'VALID', { ...options, rhsDilation: [2, dilation === 7 ? 1 : dilation] }); // prettier-ignore
        await expectRight(machine, algorithm, [1, 200, 16], [3, 16, 8], [1], 'SAME', { ...NWC, rhsDilation: [dilation] });
      }
      // Windows that move as far as their taps are apart.
      await expectRight(machine, algorithm, [1, 19, 15, 8], [3, 3, 8, 8], [2, 3], 'SAME', { ...NHWC, rhsDilation: [2, 3] });
      await expectRight(machine, algorithm, [1, 56, 56, 16], [3, 3, 16, 16], [1, 1], 'SAME', { ...NHWC, rhsDilation: [12, 12] });
    });

    test.each([
      ['an element near the end of the range', 3e38, 1, 1e-3],
      ['all elements near the end of the range', 1e38, 1e38, 1e-3],
      ['weights near the end of the range', 1e-38, 1e-38, 1e38],
      ['subnormal weights under large elements', 1e36, 1e36, 1e-42],
      ['subnormal elements under the largest weights in tiles', 1e-42, 1e-42, 2 ** 14],
      ['subnormal elements under larger weights', 1e-42, 1e-42, 2 ** 100],
    ])('%s', async (_, largest, others, weight) => {
      const machine = new ReversingMachine(await loadModule(isa));
      const calls: readonly Parameters<typeof problemOf>[] = [
        [[1, 6, 7, 9], [3, 3, 9, 10], [1, 1], 'SAME', NHWC],
        [[1, 67, 62, 8], [3, 3, 8, 8], [1, 1], 'SAME', NHWC],
        [[2, 90, 16], [3, 16, 9], [1], 'SAME', NWC],
      ];
      for (const call of calls) {
        const problem = problemOf(...call);
        const [whole, rhs] = [integers(problem.lhs.shape, 'float32', 1), integers(problem.rhs.shape, 'float32', 2)];
        const scaled = (tensor: Tensor, scale: number): Tensor => ({
          ...tensor,
          data: (tensor.data as Float32Array).map((x) => (x * scale) / 3),
        });
        const weights = scaled(rhs, weight);
        const [lhs, usual] = [scaled(whole, others), scaled(whole, 1e-4)];
        (lhs.data as Float32Array)[100] = largest;
        const lifetime = new Lifetime('the test', () => undefined);
        const bound = await new WasmPlan(machine, problem, lifetime, [algorithm]).bindRhs(weights);
        for (const x of [lhs, usual, lhs]) {
          const { data } = (await bound.run(x)) as Tensor<'float32'>;
          const want = expectedOf(problem, x, weights);
          // Some units in the last place of Σ|x·w|, were all as large as the largest; and what may underflow.
          const products = sizeOf(problem.rhs.shape) / (problem.out.shape.at(-1) ?? 1);
          const allowed = products * (8 * 2 ** -24 * peakOf(x) * peakOf(weights) + 2 ** -126);
          const wrong = data.findIndex((value, index) => !(Math.abs(value - want[index]) <= allowed));
          expect({ call, x: x === usual ? 'usual' : 'extreme', wrong: wrong < 0 ? 'none' : [data[wrong], want[wrong], allowed] }).toEqual({
            call,
            x: x === usual ? 'usual' : 'extreme',
            wrong: 'none',
          });
        }
        await lifetime.end();
      }
    });

    test('transposed: every phase with 3 taps', async () => {
      const machine = new ReversingMachine(await loadModule(isa));
      await expectRight(machine, algorithm, [1, 7, 6, 8], [6, 6, 8, 8], [1, 1], [[4, 3], [4, 3]], { ...NHWC, lhsDilation: [2, 2] }); // prettier-ignore
      await expectRight(machine, algorithm, [1, 7, 6, 8], [5, 5, 8, 8], [1, 1], [[3, 3], [3, 3]], { ...NHWC, lhsDilation: [2, 2] }); // prettier-ignore
      await expectRight(machine, algorithm, [1, 7, 6, 8], [5, 3, 8, 8], [1, 1], [[3, 3], [1, 1]], { ...NHWC, lhsDilation: [2, 1] }); // prettier-ignore
    });
  },
);

test('what it leaves to others', () => {
  const reason = (...call: Parameters<typeof problemOf>): unknown => {
    const candidate = winograd4.consider(lower(problemOf(...call), false), 'simd128');
    return typeof candidate === 'string' ? candidate : candidate.kernel;
  };
  const layer = [[1, 12, 12, 16], [3, 3, 16, 16], [1, 1], 'SAME'] as const;
  expect(reason(...layer, NHWC)).toBe('f32-winograd-4x4-4x8');
  expect(reason(...layer, NHWC, 'float64')).toContain('float32 only');
  expect(reason(...layer, { ...NHWC, precision: 'highest' })).toContain('direct kernels only');
  expect(reason(...layer, { ...NHWC, precision: 'high' })).toContain('F(2, 3) only');
  expect(reason([1, 9, 9, 8], [3, 3, 8, 8], [2, 2], 'SAME', NHWC)).toContain('window');
  expect(reason([1, 9, 9, 8], [5, 5, 8, 8], [1, 1], 'SAME', NHWC)).toContain('window');
  expect(reason([1, 9, 9, 4], [3, 3, 4, 8], [1, 1], 'SAME', NHWC)).toContain('features');
  expect(reason([1, 9, 8], [3, 8, 8], [1], 'SAME', NWC)).toContain('not proven');
  // Millions of lines of tiles; tiles that reach far beyond what the formula does.
  expect(reason([1, 2 ** 22, 3, 16], [1, 3, 16, 16], [1, 1], 'SAME', NHWC)).toContain('out of proportion');
  expect(reason([1, 2 ** 24 + 9, 16], [3, 16, 16], [1], 'VALID', { ...NWC, rhsDilation: [2 ** 23] })).toContain('out of proportion');
});

describe('what it declares', () => {
  const boundOf = (...call: Parameters<typeof problemOf>): unknown => {
    const candidate = winograd2.consider(lower(problemOf(...call), false), 'simd128');
    return typeof candidate === 'string' ? candidate : candidate.errorBound;
  };

  test('c falls with the number of terms, taps that are summed included', () => {
    // 4 · (terms + 6) / (3 · terms)
    expect(boundOf([1, 90, 12], [3, 12, 12], [1], 'SAME', NWC)).toEqual({ kind: 'tile', c: 2, tile: [4] });
    expect(boundOf([1, 90, 9, 12], [3, 2, 12, 12], [1, 1], 'SAME', NHWC)).toEqual({ kind: 'tile', c: 5 / 3, tile: [4, 1] });
    // Complex: twice the terms, and four times the constant.
    expect(boundOf([1, 90, 12], [3, 12, 12], [1], 'SAME', NWC, 'complex64')).toEqual({ kind: 'tile', c: 20 / 3, tile: [4] });
  });

  test('a tile is as wide as the taps are apart, in positions of the dilated operand', () => {
    expect(boundOf([1, 90, 12], [3, 12, 12], [1], 'SAME', { ...NWC, rhsDilation: [5] })).toEqual({ kind: 'tile', c: 2, tile: [16] });
    expect(boundOf([1, 90, 12], [6, 12, 12], [1], [[3, 3]], { ...NWC, lhsDilation: [2] })).toEqual({ kind: 'tile', c: 2, tile: [7] });
  });
});
