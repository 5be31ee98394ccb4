/** Two passes against the formula: exact on outer products of small integers, within the direct bound on others, non-finite where direct is. */
import type { ConvProblem, Tensor } from '@laxconv/api/backend';
import { convGeometry, sizeOf } from '@laxconv/api/backend';
import { describe, expect, test, vi } from 'vitest';
import { convolve, expectedOf, integers, problemOf } from '../../convolve.test.fixture.ts';
import { ISAS, ReversingMachine } from '../../machine.test.fixture.ts';
import { loadModule } from '../../module/load.ts';
import type { Machine } from '../../program/machine.ts';
import type { Algorithm } from '../algorithm.ts';
import { ALGORITHMS } from '../choose.ts';
import { igemm } from '../igemm/igemm.ts';
import { rows } from './rows.ts';

type Call = Parameters<typeof problemOf>;
const NHWC = { dimensionNumbers: ['NHWC', 'HWIO', 'NHWC'] };

/** Weights of every output feature: a product of a number for each index along each axis. */
function outerProduct({ rhs: { shape, dtype } }: ConvProblem, factor: (axis: number, index: number) => number): Tensor {
  const Data = dtype === 'float32' ? Float32Array : Float64Array;
  const data = new Data(sizeOf(shape));
  for (let at = 0; at < data.length; at++) {
    let rest = at;
    let value = 1;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      value *= factor(axis, rest % shape[axis]);
      rest = Math.floor(rest / shape[axis]);
    }
    data[at] = value;
  }
  return { dtype, shape, data };
}

const small = (axis: number, index: number): number => [1, -2, 3, 2, -1][(index + axis) % 5];

/** The result of the call, by rows unless told otherwise, and whether two passes made it. */
async function run(
  machine: Machine,
  problem: ConvProblem,
  lhs: Tensor,
  rhs: Tensor,
  algorithms: readonly Algorithm[] = [rows],
): Promise<{ kernel: string; out: number[]; isSeparable: boolean }> {
  const units = vi.spyOn(machine, 'runUnits');
  const { kernel, out } = await convolve(machine, problem, lhs, rhs, algorithms);
  const isSeparable = units.mock.calls.some(([step]) => step.kernel.endsWith('separable'));
  units.mockRestore();
  return { kernel, out, isSeparable };
}

async function expectSeparable(machine: Machine, ...call: Call): Promise<void> {
  const problem = problemOf(...call);
  const lhs = integers(problem.lhs.shape, problem.lhs.dtype, 1);
  const rhs = outerProduct(problem, small);
  const { out, isSeparable } = await run(machine, problem, lhs, rhs);
  expect({ call, isSeparable, out }).toEqual({ call, isSeparable: true, out: expectedOf(problem, lhs, rhs) });
}

describe.each(ISAS)('%s', (isa) => {
  test.each(['float32', 'float64'] as const)('%s: every width and height, with padding and without', async (dtype) => {
    const machine = new ReversingMachine(await loadModule(isa));
    for (let size = 5; size <= 60; size += size < 20 ? 1 : 9) {
      await expectSeparable(machine, [1, size, size + 60, 1], [5, 5, 1, 1], [1, 1], 'SAME', NHWC, dtype);
      await expectSeparable(machine, [1, 1, size + 4, size + 100], [1, 1, 5, 7], [1, 1], 'VALID', {}, dtype);
    }
  });

  test.each(['float32', 'float64'] as const)('%s: strides, dilation, crops, groups, channels, three dimensions', async (dtype) => {
    const machine = new ReversingMachine(await loadModule(isa));
    await expectSeparable(machine, [1, 1, 31, 90], [1, 1, 5, 5], [2, 1], 'SAME', {}, dtype);
    await expectSeparable(machine, [1, 1, 31, 90], [1, 1, 5, 5], [1, 1], 'SAME', { rhsDilation: [3, 2] }, dtype);
    await expectSeparable(machine, [1, 1, 31, 90], [1, 1, 5, 5], [1, 1], [[-2, 3], [4, -5]], {}, dtype); // prettier-ignore
    await expectSeparable(machine, [2, 3, 20, 90], [3, 1, 5, 5], [1, 1], 'SAME', { featureGroupCount: 3 }, dtype);
    await expectSeparable(machine, [1, 3, 20, 90], [1, 3, 5, 5], [1, 1], 'SAME', {}, dtype);
    await expectSeparable(machine, [1, 1, 7, 9, 90], [1, 1, 3, 5, 5], [1, 1, 1], 'SAME', {}, dtype);
    await expectSeparable(machine, [1, 1, 9, 90], [1, 1, 4, 5], [1, 1], [[2, 1], [2, 2]], { lhsDilation: [2, 1] }, dtype); // prettier-ignore
  });

  test('stays within the bound of the direct kernel, c = 1, where sums cancel too', async () => {
    const machine = new ReversingMachine(await loadModule(isa));
    const problem = problemOf([1, 40, 200, 1], [7, 7, 1, 1], [1, 1], 'SAME', NHWC);
    const { reductionLength } = convGeometry(problem);
    const gamma = (reductionLength * 2 ** -24) / (1 - reductionLength * 2 ** -24);
    const magnitudes = (tensor: Tensor): Tensor => ({ ...tensor, data: (tensor.data as Float32Array).map(Math.abs) });
    for (const sign of [1, -1]) {
      const rhs = outerProduct(problem, (axis, index) => (axis < 2 ? sign ** index * Math.exp(-((index - 3) ** 2) / 3) : 1));
      const lhs: Tensor = {
        ...problem.lhs,
        dtype: 'float32',
        data: Float32Array.from({ length: 8000 }, (_, i) => Math.sin(i) * 10 ** (i % 7)),
      };
      const { out, isSeparable } = await run(machine, problem, lhs, rhs);
      expect(isSeparable).toBe(true);
      const exact = expectedOf(problem, lhs, rhs);
      const allowed = expectedOf(problem, magnitudes(lhs), magnitudes(rhs));
      const worst = Math.max(...out.map((value, at) => Math.abs(value - exact[at]) / (gamma * allowed[at])));
      expect(worst).toBeLessThan(1);
    }
  });

  test('infinity and NaN reach the outputs that they reach in the direct kernel', async () => {
    const machine = new ReversingMachine(await loadModule(isa));
    const problem = problemOf([1, 30, 90, 1], [5, 5, 1, 1], [1, 1], 'SAME', NHWC);
    const lhs = integers(problem.lhs.shape, 'float32', 3);
    Object.assign(lhs.data, { 95: Infinity, 97: -Infinity, 1000: NaN, 1800: Infinity, 1892: Infinity, 2699: -Infinity });
    const rhs = outerProduct(problem, small);
    const { out, isSeparable } = await run(machine, problem, lhs, rhs);
    const direct = await convolve(machine, problem, lhs, rhs, [igemm]);
    expect({ isSeparable, out }).toEqual({ isSeparable: true, out: direct.out });
  });

  test('are taken in place of the transforms that were chosen before the weights were known', async () => {
    const machine = new ReversingMachine(await loadModule(isa));
    const problem = problemOf([1, 240, 320, 1], [11, 11, 1, 1], [1, 1], 'SAME', NHWC);
    const lhs = integers(problem.lhs.shape, 'float32', 1);
    const [short, other] = await Promise.all(
      [outerProduct(problem, small), integers(problem.rhs.shape, 'float32', 2)].map((rhs) => run(machine, problem, lhs, rhs, ALGORITHMS)),
    );
    expect([short, other].map(({ kernel, isSeparable }) => [kernel.replace(/-relaxed$/, ''), isSeparable])).toEqual([
      ['f32-fft', true],
      ['f32-fft', false],
    ]);
    expect(short.out).toEqual(expectedOf(problem, lhs, outerProduct(problem, small)));
  });

  test('other weights run directly', async () => {
    const machine = new ReversingMachine(await loadModule(isa));
    const problem = problemOf([1, 30, 90, 1], [5, 5, 1, 1], [1, 1], 'SAME', NHWC);
    const [lhs, rhs] = [integers(problem.lhs.shape, 'float32', 1), integers(problem.rhs.shape, 'float32', 2)];
    const { out, isSeparable } = await run(machine, problem, lhs, rhs);
    expect({ isSeparable, out }).toEqual({ isSeparable: false, out: expectedOf(problem, lhs, rhs) });
  });
});
