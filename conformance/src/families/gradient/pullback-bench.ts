/** What pullback rules are checked with: a small forward call, its pullback, and verdicts on gradients. */
import { laxconvOn, type Instance } from '@laxconv/api';
import type { DType, Tensor } from '@laxconv/api/backend';
import { checkForm } from '../../compare/check-form.ts';
import { fillTensor } from '../../arbitraries/fill.ts';
import { ConformanceFailure, type ConformanceTest, type TestContext } from '../../suite/test.ts';
import { expectEqual } from '../random/equal.ts';
import { functionsOf, type AnyPullback } from './gradient-lab.ts';

/** A forward call with tensors, ready to be pulled back. */
export interface Bench {
  readonly instance: Instance;
  readonly lhs: Tensor;
  readonly rhs: Tensor;
  readonly out: Tensor;
  readonly cotangent: Tensor;
  readonly pullback: AnyPullback;
}

/** A rule, checked for one dtype at a time. */
export interface PullbackRule {
  readonly name: string;
  readonly about: string;
  readonly dtypes: (dtype: DType) => boolean;
  readonly check: (context: TestContext, dtype: DType) => Promise<void>;
}

const SHAPES = { lhs: [2, 4, 5, 6], rhs: [4, 2, 2, 3] } as const;
/** The arguments of the forward call: groups, strides, dilation, and padding of mixed signs. */
export const ARGS = [
  [1, 2],
  [
    [1, 0],
    [-1, 2],
  ],
  { featureGroupCount: 2, rhsDilation: [2, 1] },
] as const;

/**
 * Runs `body` with a convolution of small integers in which nothing is symmetric, through `preferredElementType` where that is another dtype.
 */
export async function withBench(
  context: TestContext,
  dtype: DType,
  preferred: DType,
  body: (bench: Bench) => Promise<void>,
): Promise<void> {
  const instance = laxconvOn(context.backend);
  try {
    const lhs = fillTensor({ shape: SHAPES.lhs, dtype }, { style: 'small', seed: 21 });
    const rhs = fillTensor({ shape: SHAPES.rhs, dtype }, { style: 'small', seed: 22 });
    const { vjp } = functionsOf(instance, 'lax.convGeneralDilated');
    const options = { ...ARGS[2], ...(preferred === dtype ? {} : { preferredElementType: preferred }) };
    const [out, pullback] = await vjp(lhs, rhs, ARGS[0], ARGS[1], options);
    const cotangent = fillTensor(out, { style: 'small', seed: 23 });
    await body({ instance, lhs, rhs, out, cotangent, pullback });
  } finally {
    await instance.dispose();
  }
}

/** Both cotangents, of the right form. */
export async function both({ pullback, lhs, rhs, cotangent }: Bench): Promise<[Tensor, Tensor]> {
  const [dx, dw] = await pullback(cotangent);
  if (dx === null || dw === null) throw new ConformanceFailure('a gradient of a float operand is null');
  checkForm(dx, lhs, 'the gradient of lhs');
  checkForm(dw, rhs, 'the gradient of rhs');
  return [dx, dw];
}

/** Throws unless `value` is null. */
export function expectNull(value: unknown, what: string): void {
  if (value !== null) throw new ConformanceFailure(`${what} is not null`);
}

/** Throws unless both are equal tensors, or both null. */
export function expectSameOrNull(got: Tensor | null, expected: Tensor | null, what: string): void {
  if (got === null || expected === null) {
    if (got !== expected) throw new ConformanceFailure(`${what} is null at one time and not at another`);
    return;
  }
  expectEqual(got, expected, `${what} differs`);
}

/** The test of a rule for one dtype. */
export function pullbackTest({ name, about, check }: PullbackRule, dtype: DType): ConformanceTest {
  return {
    id: `gradient:${name}:dtype=${dtype}`,
    family: 'gradient',
    about,
    explain: () => ({ rule: about, call: { fn: 'lax.convGeneralDilatedVjp', shapes: SHAPES, args: ARGS, dtype } }),
    run: (context) => check(context, dtype),
  };
}
