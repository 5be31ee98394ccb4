/** The implicit GEMM at its edges, against the formula: every rest of rows and columns, passes, groups, pairs, on both builds. */
import type { DType } from '@laxconv/api/backend';
import { describe, expect, test } from 'vitest';
import { problemOf } from '../../convolve.test.fixture.ts';
import { ISAS, ReversingMachine } from '../../machine.test.fixture.ts';
import { loadModule } from '../../module/load.ts';
import { lower } from '../../lower/lower.ts';
import { expectRight } from '../expect-right.test.fixture.ts';
import { igemm } from './igemm.ts';
import { linesOf, segmentsOf } from './igemm-loops.ts';
import { featuresLast } from '../../layout/operand-layout.ts';
import { resultFeaturesLast } from '../../layout/result-layout.ts';

const NWC = { dimensionNumbers: ['NWC', 'WIO', 'NWC'] };
const DTYPES: readonly DType[] = ['float32', 'float64', 'int8', 'int32', 'int64'];

describe.each(ISAS)('%s', (isa) => {
  test.each(DTYPES)('%s: every rest of rows and columns', async (dtype) => {
    const machine = new ReversingMachine(await loadModule(isa));
    for (let rows = 1; rows <= 13; rows++) await expectRight(machine, igemm, [1, rows, 5], [1, 5, 9], [1], 'VALID', NWC, dtype);
    for (let columns = 1; columns <= 17; columns++) await expectRight(machine, igemm, [1, 7, 5], [1, 5, columns], [1], 'VALID', NWC, dtype);
  });

  test.each(DTYPES)('%s: reductions longer than a pass', async (dtype) => {
    const machine = new ReversingMachine(await loadModule(isa));
    const window = dtype === 'int8' ? 20_000 : 9_000;
    // One feature makes one long segment of the taps; several make many segments.
    await expectRight(machine, igemm, [1, window + 2, 1], [window, 1, 5], [1], 'VALID', NWC, dtype);
    await expectRight(machine, igemm, [1, window / 4 + 2, 5], [window / 4, 5, 9], [1], 'VALID', NWC, dtype);
  });

  test.each(DTYPES)('%s: few outputs over a large window, in slices', async (dtype) => {
    const machine = new ReversingMachine(await loadModule(isa));
    const nhwc = { dimensionNumbers: ['NHWC', 'HWIO', 'NHWC'] };
    await expectRight(machine, igemm, [1, 41, 123, 3], [40, 121, 3, 3], [1, 1], 'VALID', nhwc, dtype);
    await expectRight(machine, igemm, [2, 90, 92, 1], [90, 90, 1, 9], [1, 1], 'VALID', nhwc, dtype);
  });

  test.each(DTYPES)('%s: groups of both kinds, odd numbers of features', async (dtype) => {
    const machine = new ReversingMachine(await loadModule(isa));
    await expectRight(machine, igemm, [2, 6, 9], [3, 3, 6], [1], 'SAME', { ...NWC, featureGroupCount: 3 }, dtype);
    await expectRight(machine, igemm, [6, 6, 3], [3, 3, 6], [1], 'SAME', { ...NWC, batchGroupCount: 3 }, dtype);
    await expectRight(machine, igemm, [2, 9, 6], [6, 3, 3], [2], [[2, -1]], { featureGroupCount: 3, rhsDilation: [2] }, dtype);
  });

  test.each(DTYPES)('%s: holes, crops and outputs that sum nothing', async (dtype) => {
    const machine = new ReversingMachine(await loadModule(isa));
    await expectRight(machine, igemm, [1, 2, 7], [3, 2, 2], [1], [[5, 4]], { lhsDilation: [4] }, dtype);
    await expectRight(machine, igemm, [1, 2, 7, 5], [3, 2, 2, 3], [2, 1], [[-1, 3], [4, -2]], { lhsDilation: [3, 2], rhsDilation: [1, 2] }, dtype); // prettier-ignore
    await expectRight(machine, igemm, [2, 3, 30], [4, 3, 3], [1], [[11, 12]], { rhsDilation: [12] }, dtype);
  });
});

describe('loops', () => {
  const tables = (...call: Parameters<typeof problemOf>): [ReturnType<typeof linesOf>, ReturnType<typeof segmentsOf>] => {
    const lowered = lower(problemOf(...call), false);
    const x = featuresLast(lowered, 1);
    return [linesOf(lowered, lowered.phases[0], x, resultFeaturesLast(lowered)), segmentsOf(lowered.phases[0], x, 1)];
  };
  const NHWC = { dimensionNumbers: ['NHWC', 'HWIO', 'NHWC'] };

  test('1×1: all positions are one line, all features one segment', () => {
    const [lines, segments] = tables([2, 5, 6, 8], [1, 1, 8, 4], [1, 1], 'VALID', NHWC);
    expect([lines.width, lines.table.length, segments.length, segments.table]).toEqual([60, 1, 8, [0]]);
  });

  test('few features: a row of the window is one segment', () => {
    const [lines, segments] = tables([1, 9, 9, 3], [3, 3, 3, 4], [2, 2], 'VALID', NHWC);
    expect([lines.width, lines.table.length, segments.length, segments.step, segments.table]).toEqual([4, 4, 9, 1, [0, 27, 54]]);
  });

  test('one feature in a window that steps: a segment steps too', () => {
    const [, segments] = tables([1, 9, 9, 1], [3, 3, 1, 4], [1, 1], 'VALID', { ...NHWC, rhsDilation: [1, 2] });
    expect([segments.length, segments.step, segments.table]).toEqual([3, 2, [0, 9, 18]]);
  });
});
