/** Small groups at their edges: against the formula, and complex numbers against the implicit GEMM, which the suite holds to JAX. */
import type { DType } from '@laxconv/api/backend';
import { describe, expect, test } from 'vitest';
import { convolve, integers, problemOf } from '../../convolve.test.fixture.ts';
import { lower } from '../../lower/lower.ts';
import { ISAS, ReversingMachine } from '../../machine.test.fixture.ts';
import { loadModule } from '../../module/load.ts';
import { expectRight } from '../expect-right.test.fixture.ts';
import { igemm } from '../igemm/igemm.ts';
import { smallGroups } from './small-groups.ts';

const NHWC = { dimensionNumbers: ['NHWC', 'HWIO', 'NHWC'] };
const grouped = (count: number): object => ({ ...NHWC, featureGroupCount: count });
const SIZES: readonly (readonly [DType, number])[] = [['float32', 2], ['float32', 4], ['float64', 2]]; // prettier-ignore

describe.each(ISAS)('%s', (isa) => {
  test.each(SIZES)('%s, groups of %i: every number of groups and positions', async (dtype, size) => {
    const machine = new ReversingMachine(await loadModule(isa));
    for (let groups = 2; groups <= 9; groups++) {
      const features = groups * size;
      await expectRight(machine, smallGroups, [1, 4, 6, features], [3, 3, size, features], [1, 1], 'SAME', grouped(groups), dtype);
    }
    for (let width = 1; width <= 10; width++) {
      await expectRight(machine, smallGroups, [2, 3, width, 3 * size], [2, 3, size, 3 * size], [1, 1], 'SAME', grouped(3), dtype);
    }
  });

  test.each(SIZES)('%s, groups of %i: strides, dilation, holes, batch groups, padding after all', async (dtype, size) => {
    const machine = new ReversingMachine(await loadModule(isa));
    const features = 3 * size;
    await expectRight(machine, smallGroups, [1, 9, 8, features], [3, 2, size, features], [2, 1], 'SAME', grouped(3), dtype);
    await expectRight(machine, smallGroups, [1, 12, 9, features], [3, 3, size, features], [1, 1], 'SAME', { ...grouped(3), rhsDilation: [3, 2] }, dtype); // prettier-ignore
    await expectRight(machine, smallGroups, [1, 5, 4, features], [3, 3, size, features], [1, 1], [[2, 3], [-1, 4]], { ...grouped(3), lhsDilation: [2, 3] }, dtype); // prettier-ignore
    await expectRight(machine, smallGroups, [1, 14, 15, features], [9, 9, size, features], [1, 1], 'SAME', grouped(3), dtype);
  });

  test.each([
    ['complex64', 1],
    ['complex64', 2],
    ['complex128', 1],
  ] as const)('%s, groups of %i', async (dtype, size) => {
    const machine = new ReversingMachine(await loadModule(isa));
    for (const groups of [2, 3, 5, 8]) {
      const problem = problemOf([2, 6, 7, groups * size], [3, 3, size, groups * size], [1, 2], 'SAME', grouped(groups), dtype);
      const [lhs, rhs] = [integers(problem.lhs.shape, dtype, 1), integers(problem.rhs.shape, dtype, 2)];
      const { kernel, out } = await convolve(machine, problem, lhs, rhs, [smallGroups]);
      expect(kernel).toContain('groups');
      expect(out).toEqual((await convolve(machine, problem, lhs, rhs, [igemm])).out);
    }
  });
});

test('what it leaves to others', () => {
  const reason = (...call: Parameters<typeof problemOf>): unknown => {
    const candidate = smallGroups.consider(lower(problemOf(...call), false), 'simd128');
    return typeof candidate === 'string' ? candidate : candidate.kernel;
  };
  expect(reason([1, 4, 4, 9], [3, 3, 3, 9], [1, 1], 'SAME', grouped(3))).toContain('two or four');
  expect(reason([1, 4, 4, 4], [3, 3, 2, 8], [1, 1], 'SAME', grouped(2))).toContain('two or four');
  expect(reason([1, 4, 4, 2], [3, 3, 2, 2], [1, 1], 'SAME', grouped(1))).toContain('fewer than 4');
  expect(reason([1, 4, 4, 4], [4, 2, 3, 3], [1, 1], 'SAME', { featureGroupCount: 2 })).toContain('side by side');
  expect(reason([1, 4, 4, 4], [3, 3, 2, 4], [1, 1], 'SAME', grouped(2))).toBe('f32-groups2-4x8');
});
