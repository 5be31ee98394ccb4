/** The depthwise kernels at their edges, against the formula: every number of channels and positions, multipliers, cuts, on both builds. */
import type { DType } from '@laxconv/api/backend';
import { describe, expect, test } from 'vitest';
import { problemOf } from '../../convolve.test.fixture.ts';
import { lower } from '../../lower/lower.ts';
import { ISAS, ReversingMachine } from '../../machine.test.fixture.ts';
import { loadModule } from '../../module/load.ts';
import { depthwise } from './depthwise.ts';
import { expectRight } from '../expect-right.test.fixture.ts';

const DTYPES: readonly DType[] = ['float32', 'float64', 'int8', 'int32', 'int64'];
const NHWC = { dimensionNumbers: ['NHWC', 'HWIO', 'NHWC'] };
const channels = (count: number): object => ({ ...NHWC, featureGroupCount: count });

describe.each(ISAS)('%s', (isa) => {
  test.each(DTYPES)('%s: every number of channels', async (dtype) => {
    const machine = new ReversingMachine(await loadModule(isa));
    for (let count = 4; count <= 19; count++)
      await expectRight(machine, depthwise, [1, 4, 6, count], [3, 3, 1, count], [1, 1], 'SAME', channels(count), dtype);
  });

  test.each(DTYPES)('%s: every number of positions, with and without padding', async (dtype) => {
    const machine = new ReversingMachine(await loadModule(isa));
    for (let width = 1; width <= 11; width++) {
      await expectRight(machine, depthwise, [2, 3, width, 9], [3, 3, 1, 9], [1, 1], 'SAME', channels(9), dtype);
      await expectRight(machine, depthwise, [1, 4, width + 2, 9], [3, 3, 1, 9], [1, 1], 'VALID', channels(9), dtype);
    }
  });

  test.each(DTYPES)('%s: multipliers, strides, dilation, holes, channels first, batch groups', async (dtype) => {
    const machine = new ReversingMachine(await loadModule(isa));
    await expectRight(machine, depthwise, [1, 7, 9, 6], [3, 2, 1, 18], [2, 1], 'SAME', channels(6), dtype);
    await expectRight(machine, depthwise, [1, 12, 9, 5], [3, 3, 1, 5], [1, 1], 'SAME', { ...channels(5), rhsDilation: [3, 2] }, dtype);
    await expectRight(machine, depthwise, [2, 5, 4, 6], [5, 1, 3, 3], [1, 1], [[2, 3], [-1, 4]], { featureGroupCount: 5, lhsDilation: [2, 3] }, dtype); // prettier-ignore
    await expectRight(machine, depthwise, [10, 5, 6, 1], [3, 3, 1, 10], [1, 1], 'SAME', { ...NHWC, batchGroupCount: 5 }, dtype);
    // So large a window has more borders than are worth cutting at.
    await expectRight(machine, depthwise, [1, 14, 15, 4], [9, 9, 1, 4], [1, 1], 'SAME', channels(4), dtype);
  });
});

test('what it leaves to others', () => {
  const reason = (...call: Parameters<typeof problemOf>): unknown => {
    const candidate = depthwise.consider(lower(problemOf(...call), false), 'simd128');
    return typeof candidate === 'string' ? candidate : candidate.kernel;
  };
  expect(reason([1, 4, 4, 8], [3, 3, 2, 8], [1, 1], 'SAME', channels(4))).toContain('more than one input feature');
  expect(reason([1, 4, 4, 3], [3, 3, 1, 3], [1, 1], 'SAME', channels(3))).toContain('fewer than 4 groups');
  expect(reason([1, 4, 4, 4], [3, 3, 1, 4], [1, 1], 'SAME', channels(4), 'complex64')).toContain('complex');
  expect(reason([1, 4, 4, 4], [3, 3, 1, 4], [1, 1], 'SAME', channels(4))).toBe('f32-depthwise-4x8');
});
