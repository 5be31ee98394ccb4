import { convGeometry, freezeProblem, type AnyTensor, type ConvProblem, type DType } from '@laxconv/api/backend';
import { createBackend } from '@laxconv/naive';
import { describe, expect, test } from 'vitest';
import { checkResult } from '../compare/check-result.ts';
import { evaluate, type FloatReference } from './evaluate.ts';
import { CompensatedSum } from './sums.ts';

function problem1d(dtype: DType, x: number, w: number, changes: Partial<ConvProblem> = {}): ConvProblem {
  const padding = changes.padding ?? [[0, 0]];
  const [lhsDilation, rhsDilation, stride] = [
    changes.lhsDilation?.[0] ?? 1,
    changes.rhsDilation?.[0] ?? 1,
    changes.windowStrides?.[0] ?? 1,
  ];
  const padded = (x - 1) * lhsDilation + 1 + padding[0][0] + padding[0][1];
  const out = Math.floor((padded - ((w - 1) * rhsDilation + 1)) / stride) + 1;
  return freezeProblem({
    lhs: { shape: [1, 1, x], dtype },
    rhs: { shape: [1, 1, w], dtype },
    out: { shape: [1, 1, out], dtype },
    lhsSpec: [0, 1, 2],
    rhsSpec: [0, 1, 2],
    outSpec: [0, 1, 2],
    windowStrides: [1],
    padding,
    lhsDilation: [1],
    rhsDilation: [1],
    windowReversal: [false],
    featureGroupCount: 1,
    batchGroupCount: 1,
    precision: 'default',
    method: 'auto',
    ...changes,
  });
}

const f32 = (...values: number[]): AnyTensor => ({ dtype: 'float32', shape: [values.length], data: new Float32Array(values) });
const values = (problem: ConvProblem, lhs: AnyTensor, rhs: AnyTensor): (number | bigint)[] =>
  Array.from(evaluate(problem, lhs, rhs).values);

describe('evaluate', () => {
  test('dilates before it pads and crops', () => {
    const problem = problem1d('float32', 3, 2, { padding: [[-1, 0]], lhsDilation: [2] });
    expect(values(problem, f32(1, 2, 3), f32(1, 10))).toEqual([20, 2, 30]);
  });

  test('reads a reversed window backwards', () => {
    const problem = problem1d('float32', 3, 2, { windowReversal: [true] });
    expect(values(problem, f32(1, 2, 3), f32(1, 10))).toEqual([12, 23]);
  });

  test('wraps integers at the output dtype and adds 64-bit ones without loss', () => {
    const i8: AnyTensor = { dtype: 'int8', shape: [2], data: Int8Array.of(100, 100) };
    const two: AnyTensor = { dtype: 'int8', shape: [2], data: Int8Array.of(2, 2) };
    expect(values(problem1d('int8', 2, 2), i8, two)).toEqual([-112]);
    const u64 = (...data: bigint[]): AnyTensor => ({ dtype: 'uint64', shape: [data.length], data: BigUint64Array.from(data) });
    expect(values(problem1d('uint64', 2, 2), u64(2n ** 63n, 2n ** 62n + 1n), u64(2n, 3n))).toEqual([(3n * 2n ** 62n + 3n) % 2n ** 64n]);
  });

  test('bool is OR of ANDs, and counts where the output is not bool', () => {
    const ones: AnyTensor = { dtype: 'bool', shape: [3], data: Uint8Array.of(1, 1, 1) };
    expect(values(problem1d('bool', 3, 3), ones, ones)).toEqual([1]);
    expect(values(problem1d('bool', 3, 3, { out: { shape: [1, 1, 1], dtype: 'int8' } }), ones, ones)).toEqual([3]);
  });

  test('gives Σ|x·w| beside the sum', () => {
    const reference = evaluate(problem1d('float32', 2, 2), f32(3, -4), f32(1, 1)) as FloatReference;
    expect([reference.values[0], reference.magnitudes[0]]).toEqual([-1, 7]);
  });

  test('an element is free where a non-finite weight meets padding, and only there', () => {
    const reference = evaluate(problem1d('float32', 2, 2, { padding: [[1, 0]] }), f32(1, 2), f32(Infinity, 1)) as FloatReference;
    expect(Array.from(reference.free ?? [])).toEqual([1, 0]);
    expect(reference.values[1]).toBe(Infinity);
  });

  test('adds float64 as if in twice the precision', () => {
    const sum = new CompensatedSum();
    for (const [a, b] of [
      [1e16, 1],
      [1, 1],
      [-1e16, 1],
      [1 + 2 ** -30, 1 + 2 ** -30],
      [-1, 1],
    ] as const)
      sum.add(a, b);
    expect(sum.value()).toBe(1 + 2 ** -29 + 2 ** -60);
  });
});

test('agrees with the naive backend on grouped, permuted, reversed and dilated problems of every dtype', async () => {
  const backend = await createBackend();
  let state = 1;
  const random = (): number => (state = (state * 48271) % 2147483647) / 2147483647;
  const groups = [
    [3, 1],
    [1, 2],
    [1, 1],
  ] as const;
  for (const dtype of [
    'bool',
    'int8',
    'int64',
    'uint32',
    'float16',
    'bfloat16',
    'float32',
    'float64',
    'complex64',
    'complex128',
  ] as const) {
    for (const [featureGroupCount, batchGroupCount] of groups) {
      const problem = freezeProblem({
        lhs: { shape: [7, 6, 5, 4], dtype }, // HCWN
        rhs: { shape: [2, 3, 6, 6 / featureGroupCount], dtype }, // HWOI
        out: { shape: [4 / batchGroupCount, 3, 7, 6], dtype }, // NHWC order (batch, h, w, feature)
        lhsSpec: [3, 1, 0, 2],
        rhsSpec: [2, 3, 0, 1],
        outSpec: [0, 3, 1, 2],
        windowStrides: [2, 1],
        padding: [
          [2, -1],
          [-1, 1],
        ],
        lhsDilation: [1, 2],
        rhsDilation: [2, 1],
        windowReversal: [true, false],
        featureGroupCount,
        batchGroupCount,
        precision: 'highest',
        method: 'auto',
      });
      expect(convGeometry(problem).spatial.map(({ output }) => output)).toEqual([3, 7]);
      const operand = (shape: readonly number[]): AnyTensor => fill(dtype, shape, random);
      const [lhs, rhs] = [operand(problem.lhs.shape), operand(problem.rhs.shape)];
      const plan = await backend.prepare(problem);
      const bound = await plan.bindRhs(rhs);
      const got = (await bound.run(lhs)) as AnyTensor;
      expect(checkResult({ problem, lhs, rhs, got, errorBound: plan.errorBound }).errorOverBound).toBeLessThanOrEqual(1);
    }
  }
});

function fill(dtype: DType, shape: readonly number[], random: () => number): AnyTensor {
  const count = shape.reduce((a, b) => a * b, 1);
  const numbers = Array.from({ length: count * 2 }, () => random() * 4 - 2);
  switch (dtype) {
    case 'bool':
      return { dtype, shape, data: Uint8Array.from({ length: count }, () => (random() < 0.1 ? 1 : 0)) };
    case 'int8':
      return { dtype, shape, data: Int8Array.from({ length: count }, () => random() * 256) };
    case 'uint32':
      return { dtype, shape, data: Uint32Array.from({ length: count }, () => random() * 2 ** 32) };
    case 'int64':
      return { dtype, shape, data: BigInt64Array.from({ length: count }, () => BigInt(Math.floor(random() * 2 ** 52)) * 4099n) };
    case 'float16':
      return { dtype, shape, data: Uint16Array.from({ length: count }, () => 0x3800 + Math.floor(random() * 2048)) };
    case 'bfloat16':
      return { dtype, shape, data: Uint16Array.from({ length: count }, () => 0x3f00 + Math.floor(random() * 256)) };
    case 'float32':
      return { dtype, shape, data: Float32Array.from(numbers.slice(0, count)) };
    case 'float64':
      return { dtype, shape, data: Float64Array.from(numbers.slice(0, count)) };
    case 'complex64':
      return { dtype, shape, data: Float32Array.from(numbers) };
    default:
      return { dtype: 'complex128', shape, data: Float64Array.from(numbers) };
  }
}
