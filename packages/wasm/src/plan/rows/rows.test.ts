/** The row kernels at their edges, against the formula: every width and number of features, steps, cuts and copies, on both builds. */
import type { DType } from '@laxconv/api/backend';
import { describe, expect, test } from 'vitest';
import { problemOf } from '../../convolve.test.fixture.ts';
import { lower } from '../../lower/lower.ts';
import { ISAS, ReversingMachine } from '../../machine.test.fixture.ts';
import { loadModule } from '../../module/load.ts';
import { expectRight } from '../expect-right.test.fixture.ts';
import { rows } from './rows.ts';

const DTYPES: readonly DType[] = ['float32', 'float64', 'int8', 'int32', 'int64'];
const NHWC = { dimensionNumbers: ['NHWC', 'HWIO', 'NHWC'] };

describe.each(ISAS)('%s', (isa) => {
  test.each(DTYPES)('%s: every width of a row', async (dtype) => {
    const machine = new ReversingMachine(await loadModule(isa));
    for (let width = 4; width <= 70; width += width < 20 ? 1 : 7) {
      await expectRight(machine, rows, [1, 1, width + 2], [1, 1, 3], [1], 'VALID', {}, dtype);
      await expectRight(machine, rows, [1, 1, width], [2, 1, 3], [1], 'SAME', {}, dtype);
    }
  });

  test.each(DTYPES)('%s: every number of features', async (dtype) => {
    const machine = new ReversingMachine(await loadModule(isa));
    for (let features = 1; features <= 11; features++)
      await expectRight(machine, rows, [2, 3, 3, 9], [features, 3, 2, 3], [1, 1], 'SAME', {}, dtype);
  });

  test.each(DTYPES)('%s: strides, dilation, crops, groups of both kinds, channels last', async (dtype) => {
    const machine = new ReversingMachine(await loadModule(isa));
    await expectRight(machine, rows, [1, 2, 9, 31], [3, 2, 3, 4], [2, 3], 'SAME', {}, dtype);
    await expectRight(machine, rows, [1, 2, 30], [3, 2, 3], [2], [[-3, 4]], { rhsDilation: [3] }, dtype);
    await expectRight(machine, rows, [1, 9, 20, 3], [3, 3, 3, 3], [1, 1], 'SAME', NHWC, dtype);
    await expectRight(machine, rows, [2, 6, 4, 17], [6, 2, 3, 3], [1, 1], 'SAME', { featureGroupCount: 3 }, dtype);
    await expectRight(machine, rows, [4, 3, 4, 17], [6, 3, 3, 3], [1, 2], 'SAME', { batchGroupCount: 2 }, dtype);
    await expectRight(machine, rows, [1, 1, 3, 13], [2, 1, 2, 3], [1, 1], [[2, 1], [1, 1]], { lhsDilation: [3, 1] }, dtype); // prettier-ignore
  });

  test.each(DTYPES)('%s: pairs of lines, of every width and height', async (dtype) => {
    const machine = new ReversingMachine(await loadModule(isa));
    for (let width = 4; width <= 60; width += width < 28 ? 1 : 7) {
      for (const height of [1, 2, 3, 4]) {
        await expectRight(machine, rows, [1, 1, height, width], [1, 1, 3, 3], [1, 1], 'SAME', {}, dtype);
        await expectRight(machine, rows, [2, 2, height + 3, width + 1], [2, 1, 4, 2], [1, 1], 'VALID', { featureGroupCount: 2 }, dtype);
      }
    }
  });

  test.each(DTYPES)('%s: lines of outputs under lhs dilation, lines that walk on', async (dtype) => {
    const machine = new ReversingMachine(await loadModule(isa));
    for (const dilation of [2, 3, 4]) {
      await expectRight(machine, rows, [1, 1, 33], [2, 1, 5], [1], [[2, 3]], { lhsDilation: [dilation] }, dtype);
      await expectRight(machine, rows, [1, 2, 5, 33], [3, 2, 3, 4], [1, 1], [[1, 1], [2, 2]], { lhsDilation: [dilation, dilation] }, dtype); // prettier-ignore
      await expectRight(machine, rows, [1, 2, 33], [3, 2, 5], [3], [[4, 4]], { lhsDilation: [dilation], rhsDilation: [2] }, dtype);
    }
    await expectRight(machine, rows, [1, 3, 7, 5], [6, 3, 1, 1], [1, 1], 'VALID', {}, dtype);
  });

  test.each(DTYPES)('%s: a picture, cut at padding rather than copied', async (dtype) => {
    const machine = new ReversingMachine(await loadModule(isa));
    await expectRight(machine, rows, [1, 20, 90, 1], [5, 5, 1, 1], [1, 1], 'SAME', NHWC, dtype);
  });

  test('stretches of a long row', async () => {
    const machine = new ReversingMachine(await loadModule(isa));
    for (const width of [4095, 8191, 8192, 8193, 12_299]) await expectRight(machine, rows, [1, 1, width], [1, 1, 5], [1], 'SAME');
  });
});

test('what it leaves to others', () => {
  const reason = (...call: Parameters<typeof problemOf>): unknown => {
    const candidate = rows.consider(lower(problemOf(...call), false), 'simd128');
    return typeof candidate === 'string' ? candidate : candidate.kernel;
  };
  expect(reason([1, 4], [3, 4], [], 'VALID')).toContain('no line');
  expect(reason([1, 1, 3], [1, 1, 2], [1], 'VALID')).toContain('no line is 4 outputs long');
  expect(reason([1, 1, 30], [1, 1, 2], [1], 'VALID')).toBe('f32-rows-1x48');
  // As many parts of the result as the dilation is wide: at a million, seconds and gigabytes for a list of copies.
  expect(reason([1, 1, 30], [1, 1, 3], [1], [[2, 2]], { lhsDilation: [200] })).toContain('f32-rows');
  expect(reason([1, 1, 30], [1, 1, 3], [1], [[2, 2]], { lhsDilation: [2e9] })).toContain('tables would be too long');
});
