/** Winograd's transforms at their edges, against the formula: every rest of tiles and vectors, layouts, groups, on both builds. */
import { describe, expect, test } from 'vitest';
import { convolve, expectedOf, integers, problemOf } from '../convolve.test.fixture.ts';
import { lower } from '../lower/lower.ts';
import { ISAS } from '../machine.test.fixture.ts';
import { loadModule } from '../module/load.ts';
import { Machine } from '../program/machine.ts';
import type { Algorithm } from './algorithm.ts';
import { winograd2, winograd4 } from './winograd.ts';

const NHWC = { dimensionNumbers: ['NHWC', 'HWIO', 'NHWC'] };
const NWC = { dimensionNumbers: ['NWC', 'WIO', 'NWC'] };

async function expectRight(machine: Machine, algorithm: Algorithm, ...call: Parameters<typeof problemOf>): Promise<void> {
  const problem = problemOf(...call);
  const [lhs, rhs] = [integers(problem.lhs.shape, 'float32', 1), integers(problem.rhs.shape, 'float32', 2)];
  const { kernel, out } = await convolve(machine, problem, lhs, rhs, [algorithm]);
  const want = expectedOf(problem, lhs, rhs);
  const worst = Math.max(...out.map((value, index) => Math.abs(value - want[index])));
  expect(kernel).toContain('winograd');
  // Integers of up to 3 in sums of some hundred products: a wrong term is off by 1 at least.
  expect({ call, worst: worst < 0.02 ? 'small' : worst }).toEqual({ call, worst: 'small' });
}

describe.each(ISAS.flatMap((isa) => [winograd2, winograd4].map((algorithm) => ({ isa, algorithm, name: algorithm.name }))))(
  '$name on $isa',
  ({ isa, algorithm }) => {
    test('every rest of rows and columns of tiles', async () => {
      const machine = new Machine(await loadModule(isa));
      for (let size = 2; size <= 8; size++) {
        await expectRight(machine, algorithm, [1, size, 10 - size, 8], [3, 3, 8, 8], [1, 1], 'SAME', NHWC);
        await expectRight(machine, algorithm, [2, size, 16], [3, 16, 8], [1], 'SAME', NWC);
      }
    });

    test('every rest of features', async () => {
      const machine = new Machine(await loadModule(isa));
      for (let features = 8; features <= 13; features++) {
        await expectRight(machine, algorithm, [1, 5, 6, features], [3, 3, features, 21 - features], [1, 1], 'SAME', NHWC);
        await expectRight(machine, algorithm, [1, 7, features + 8], [3, features + 8, 21 - features], [1], 'VALID', NWC);
      }
    });

    test('blocks of tiles, and the rest of them', async () => {
      const machine = new Machine(await loadModule(isa));
      await expectRight(machine, algorithm, [2, 67, 62, 8], [3, 3, 8, 8], [1, 1], 'SAME', NHWC);
      await expectRight(machine, algorithm, [2, 2300, 16], [3, 16, 8], [1], 'SAME', NWC);
    });

    test('channels first, groups of both kinds, padding and cropping, a loop around the tiles', async () => {
      const machine = new Machine(await loadModule(isa));
      await expectRight(machine, algorithm, [2, 9, 7, 6], [10, 9, 3, 3], [1, 1], 'SAME');
      await expectRight(machine, algorithm, [2, 16, 7, 6], [16, 8, 3, 3], [1, 1], [[3, -1], [-2, 4]], { featureGroupCount: 2 }); // prettier-ignore
      await expectRight(machine, algorithm, [4, 6, 7, 8], [3, 3, 8, 16], [1, 1], 'SAME', { ...NHWC, batchGroupCount: 2 });
      await expectRight(machine, algorithm, [1, 5, 9, 16], [1, 3, 16, 8], [2, 1], 'SAME', NHWC);
      await expectRight(machine, algorithm, [1, 9, 5, 16], [3, 1, 16, 8], [1, 1], 'SAME', NHWC);
    });
  },
);

test('what it leaves to others', () => {
  const reason = (...call: Parameters<typeof problemOf>): unknown => {
    const candidate = winograd4.consider(lower(problemOf(...call), false), 'simd128');
    return typeof candidate === 'string' ? candidate : candidate.kernel;
  };
  const layer = [[1, 9, 9, 8], [3, 3, 8, 8], [1, 1], 'SAME'] as const;
  expect(reason(...layer, NHWC)).toBe('f32-winograd-4x4-4x8');
  expect(reason(...layer, NHWC, 'float64')).toContain('float32 only');
  expect(reason(...layer, { ...NHWC, precision: 'highest' })).toContain('direct kernels only');
  expect(reason(...layer, { ...NHWC, precision: 'high' })).toContain('F(2, 3) only');
  expect(reason([1, 9, 9, 8], [3, 3, 8, 8], [2, 2], 'SAME', NHWC)).toContain('window');
  expect(reason([1, 9, 9, 8], [5, 5, 8, 8], [1, 1], 'SAME', NHWC)).toContain('window');
  expect(reason([1, 9, 9, 4], [3, 3, 4, 8], [1, 1], 'SAME', NHWC)).toContain('features');
  expect(reason([1, 9, 8], [3, 8, 8], [1], 'SAME', NWC)).toContain('not proven');
});
