/** The formula's kernel: every stride, dilation, pad, group, layout and dtype; and what is out of all proportion. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Lifetime, sizeOf, type DType, type Tensor } from '@laxconv/api/backend';
import { convolve, expectedOf, integers, problemOf } from '../convolve.test.fixture.ts';
import { isInside, lower } from '../lower/lower.ts';
import { ISAS, TestMachine } from '../machine.test.fixture.ts';
import { WasmPlan } from '../wasm-plan.ts';
import { clipped } from './clipped.ts';
import { expectRight } from './expect-right.test.fixture.ts';
import { igemm } from './igemm/igemm.ts';
import { rows } from './rows/rows.ts';

const DIRECT = [igemm, clipped, rows];

const DTYPES: readonly DType[] = ['float32', 'float64', 'int8', 'int32', 'int64'];

const dimension = fc.record({
  input: fc.integer({ min: 1, max: 6 }),
  kernel: fc.integer({ min: 1, max: 6 }),
  stride: fc.integer({ min: 1, max: 4 }),
  pads: fc.tuple(fc.integer({ min: -2, max: 9 }), fc.integer({ min: -2, max: 9 })),
  lhsDilation: fc.integer({ min: 1, max: 5 }),
  rhsDilation: fc.integer({ min: 1, max: 5 }),
});

const calls = fc
  .record({
    dimensions: fc.array(dimension, { minLength: 0, maxLength: 3 }),
    batch: fc.integer({ min: 1, max: 3 }),
    groups: fc.integer({ min: 1, max: 3 }),
    features: fc.integer({ min: 1, max: 3 }),
    columns: fc.integer({ min: 1, max: 3 }),
    dtype: fc.constantFrom(...DTYPES),
  })
  .filter(({ dimensions }) =>
    dimensions.every(({ input, kernel, stride, pads: [low, high], lhsDilation, rhsDilation }) => {
      const padded = (input - 1) * lhsDilation + 1 + low + high;
      return padded >= 1 && Math.floor((padded - (kernel - 1) * rhsDilation - 1) / stride) + 1 >= 1;
    }),
  );

describe.each(ISAS)('%s', (isa) => {
  test('is right on any problem', async () => {
    const { machine } = await TestMachine.of(isa);
    await fc.assert(
      fc.asyncProperty(calls, async ({ dimensions, batch, groups, features, columns, dtype }) => {
        await expectRight(
          machine,
          clipped,
          [batch, groups * features, ...dimensions.map(({ input }) => input)],
          [groups * columns, features, ...dimensions.map(({ kernel }) => kernel)],
          dimensions.map(({ stride }) => stride),
          dimensions.map(({ pads }) => pads),
          {
            lhsDilation: dimensions.map(({ lhsDilation }) => lhsDilation),
            rhsDilation: dimensions.map(({ rhsDilation }) => rhsDilation),
            featureGroupCount: groups,
          },
          dtype,
        );
      }),
      { numRuns: 300 },
    );
  });
});

test.each<[string, ...Parameters<typeof problemOf>]>([
  ['a small input under a long kernel', [1, 1, 10], [1, 1, 4000], [1], [[3999, 3999]]],
  [
    'a small image under a large kernel',
    [1, 2, 3, 3],
    [2, 2, 120, 120],
    [1, 1],
    [
      [119, 119],
      [119, 119],
    ],
  ],
  ['pads and strides of a billion', [1, 1, 3], [1, 1, 3], [1e9], [[1e9, 1e9]]],
  [
    'pads and strides of 10¹²',
    [1, 1, 3, 3],
    [1, 1, 3, 3],
    [1e12, 1e12],
    [
      [1e12, 1e12],
      [1e12, 1e12],
    ],
  ],
  ['a dilation of the kernel of 10¹²', [1, 1, 3], [1, 1, 3], [1e12], [[1e12, 1e12]], { rhsDilation: [1e12] }],
  ['a dilation of the input of 10¹²', [1, 1, 3], [1, 1, 2], [1e12], [[0, 0]], { lhsDilation: [1e12] }],
  ['both dilations beyond 2³¹', [1, 1, 3], [1, 1, 3], [3e9], [[2e10, 2e10]], { lhsDilation: [6e9], rhsDilation: [9e9] }],
  [
    'a phase for each of 27,000 taps',
    [1, 1, 2, 2, 2],
    [1, 1, 30, 30, 30],
    [7, 7, 7],
    [
      [0, 0],
      [0, 0],
      [0, 0],
    ],
    { lhsDilation: [31, 31, 31] },
  ],
])('%s', async (what, ...call) => {
  const { machine } = await TestMachine.of('simd128');
  const problem = problemOf(...call);
  const [lhs, rhs] = [integers(problem.lhs.shape, 'float32', 1), integers(problem.rhs.shape, 'float32', 2)];
  // A dilation leaves so few products that any direct kernel does.
  const { kernel, out } = await convolve(machine, problem, lhs, rhs, what.includes('dilation') ? DIRECT : [clipped]);
  expect(kernel).toMatch(what.includes('dilation') ? /^f32-/ : /^f32-clipped-1x1$/);
  expect(out).toEqual(expectedOf(problem, lhs, rhs));
});

test('finds the taps that meet an element between dilations beyond 2³¹ without looking at each', async () => {
  const { machine } = await TestMachine.of('simd128');
  const [taps, step, dilation, low] = [2 ** 21, 16411, 2 ** 33 + 17, 2 ** 21];
  // As many outputs as taps: a search would take hours.
  const problem = problemOf([1, 1, 3], [1, 1, taps], [step], [[low, step * taps]], { lhsDilation: [dilation], rhsDilation: [4099] });
  const [lhs, rhs] = [integers(problem.lhs.shape, 'float32', 1), integers(problem.rhs.shape, 'float32', 2)];
  const want = new Array<number>(sizeOf(problem.out.shape)).fill(0);
  let met = 0;
  for (let output = 0; output < want.length; output++) {
    for (let element = 0; element < 3; element++) {
      const tap = (element * dilation + low - output * step) / 4099;
      if (!Number.isInteger(tap) || tap < 0 || tap >= taps) continue;
      want[output] += (lhs.data[element] as number) * (rhs.data[tap] as number);
      met++;
    }
  }
  const { kernel, out } = await convolve(machine, problem, lhs, rhs, [clipped]);
  expect({ kernel, met: met > 100, isRight: out.every((value, index) => value === want[index]) }).toEqual({
    kernel: 'f32-clipped-1x1',
    met: true,
    isRight: true,
  });
});

test('a large kernel with a weight that is not finite does not meet padding', async () => {
  const { machine } = await TestMachine.of('simd128');
  const problem = problemOf(
    [1, 1, 20, 20],
    [1, 1, 90, 90],
    [1, 1],
    [
      [89, 89],
      [89, 89],
    ],
    { precision: 'highest' },
  );
  expect(isInside(lower(problem, true))).toBe(false);
  const rhs = integers([1, 1, 90, 90], 'float32', 2);
  (rhs.data as Float32Array).fill(1)[0] = Infinity;
  const lifetime = new Lifetime('the test', () => undefined);
  const bound = await new WasmPlan(machine, problem, lifetime).bindRhs(rhs);
  const { data } = (await bound.run({ dtype: 'float32', shape: [1, 1, 20, 20], data: new Float32Array(400).fill(1) })) as Tensor<'float32'>;
  // The corner weight meets an element where the window hangs over the far end.
  const infinite = data.filter((value) => value === Infinity).length;
  expect([infinite, data.filter((value) => Number.isNaN(value)).length, data.length]).toEqual([400, 0, sizeOf(problem.out.shape)]);
  await lifetime.end();
});
