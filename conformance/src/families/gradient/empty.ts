/** Gradients where there is nothing to sum: zeros of the operand's shape and dtype, without a backend's help. */
import { laxconvOn } from '@laxconv/api';
import { zeros, type DType } from '@laxconv/api/backend';
import { fillTensor } from '../../arbitraries/fill.ts';
import { ConformanceFailure, type ConformanceTest, type TestContext } from '../../suite/test.ts';
import { expectEqual } from '../random/equal.ts';
import type { Differentiable } from './gradient-call.ts';
import { functionsOf } from './gradient-lab.ts';

interface EmptyCall {
  readonly what: string;
  readonly fn: Differentiable;
  readonly lhs: readonly number[];
  readonly rhs: readonly number[];
  readonly args: readonly unknown[];
}

const general = 'lax.convGeneralDilated';
const CALLS: readonly EmptyCall[] = [
  { what: 'no batch', fn: general, lhs: [0, 2, 4], rhs: [3, 2, 2], args: [[1], 'VALID'] },
  { what: 'no output features', fn: general, lhs: [2, 2, 4], rhs: [0, 2, 2], args: [[1], 'VALID'] },
  { what: 'no input features', fn: general, lhs: [2, 0, 4], rhs: [3, 0, 2], args: [[1], 'VALID'] },
  { what: 'a window larger than the input', fn: general, lhs: [2, 1, 2, 3], rhs: [3, 1, 3, 2], args: [[1, 1], 'VALID'] },
  { what: 'an empty spatial axis, padded', fn: general, lhs: [2, 1, 0], rhs: [3, 1, 2], args: [[1], [[1, 1]]] },
  { what: 'everything cropped', fn: general, lhs: [2, 1, 3], rhs: [3, 1, 1], args: [[1], [[-2, -1]]] },
  { what: 'no batch and no spatial dimension', fn: general, lhs: [0, 2], rhs: [3, 2], args: [[], []] },
  { what: 'feature groups without batch', fn: general, lhs: [0, 4, 3], rhs: [4, 2, 2], args: [[1], 'SAME', { featureGroupCount: 2 }] },
  { what: 'batch groups without batch', fn: general, lhs: [0, 2, 3], rhs: [4, 2, 2], args: [[1], 'SAME', { batchGroupCount: 2 }] },
  { what: 'a transposed convolution of nothing', fn: 'lax.convTranspose', lhs: [0, 3, 2], rhs: [2, 2, 3], args: [[2], 'SAME'] },
];

async function check({ backend }: TestContext, dtype: DType): Promise<void> {
  const instance = laxconvOn(backend);
  try {
    for (const { what, fn, lhs: lhsShape, rhs: rhsShape, args } of CALLS) {
      const lhs = fillTensor({ shape: lhsShape, dtype }, { style: 'ones', seed: 0 });
      const rhs = fillTensor({ shape: rhsShape, dtype }, { style: 'ones', seed: 0 });
      const [out, pullback] = await functionsOf(instance, fn).vjp(lhs, rhs, ...args);
      const [dx, dw] = await pullback(fillTensor(out, { style: 'ones', seed: 0 }));
      if (dx === null || dw === null) throw new ConformanceFailure(`${what}: a gradient is null`);
      expectEqual(dx, zeros(lhs.shape, dtype), `${what}: the gradient of lhs`);
      expectEqual(dw, zeros(rhs.shape, dtype), `${what}: the gradient of rhs`);
    }
  } finally {
    await instance.dispose();
  }
}

const ABOUT = 'Where the result is empty, or a sum has no terms, both gradients are zeros of their operand’s shape and dtype.';

/** The test of empty sums and results. */
export function empty(dtype: DType): ConformanceTest[] {
  return [
    {
      id: `gradient:empty:dtype=${dtype}`,
      family: 'gradient',
      about: ABOUT,
      explain: () => ({ rule: ABOUT, calls: CALLS }),
      run: (context) => check(context, dtype),
    },
  ];
}
