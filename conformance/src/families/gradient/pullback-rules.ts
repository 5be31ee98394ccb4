/** What a pullback promises beside the numbers, one test per rule and dtype. */
import type { AnyTensor, DType, Tensor } from '@laxconv/api/backend';
import { checkForm } from '../../compare/check-form.ts';
import { fillTensor } from '../../arbitraries/fill.ts';
import { outDTypesOf } from '../../arbitraries/out-dtypes.ts';
import { ConformanceFailure, type TestContext } from '../../suite/test.ts';
import { expectRejection, forEachAccepted } from '../refusals.ts';
import { expectEqual } from '../random/equal.ts';
import { functionsOf, isDifferentiable } from './gradient-lab.ts';
import { ARGS, both, expectNull, expectSameOrNull, withBench, type Bench, type PullbackRule } from './pullback-bench.ts';

const own =
  (body: (bench: Bench, context: TestContext) => Promise<void>) =>
  (context: TestContext, dtype: DType): Promise<void> =>
    withBench(context, dtype, dtype, (bench) => body(bench, context));

const isInteger = (dtype: DType): boolean => !isDifferentiable(dtype);

/** The rules of pullbacks. */
export const PULLBACK_RULES: readonly PullbackRule[] = [
  {
    name: 'forward',
    about: 'The result beside a pullback is that of the function without Vjp.',
    dtypes: () => true,
    check: own(async ({ instance, lhs, rhs, out }) => {
      const plain = await functionsOf(instance, 'lax.convGeneralDilated').call(lhs, rhs, ...ARGS);
      expectEqual(out, plain, 'lax.convGeneralDilatedVjp differs from lax.convGeneralDilated');
    }),
  },
  {
    name: 'integer-operands',
    about: 'Operands of integer or bool dtype have the gradient null, whatever dtype the result has.',
    dtypes: isInteger,
    async check(context, dtype) {
      await forEachAccepted(outDTypesOf(dtype), (preferred) =>
        withBench(context, dtype, preferred, async ({ pullback, cotangent }) => {
          const [dx, dw] = await pullback(cotangent);
          expectNull(dx, `the gradient of a ${dtype} lhs, result ${preferred},`);
          expectNull(dw, `the gradient of a ${dtype} rhs, result ${preferred},`);
        }),
      );
    },
  },
  {
    name: 'unwanted',
    about: 'A gradient that is not wanted is null; the other is what it is when both are.',
    dtypes: isDifferentiable,
    check: own(async (bench) => {
      const [dx, dw] = await both(bench);
      const { pullback, cotangent } = bench;
      const [noLhs, rhsOnly] = await pullback(cotangent, { lhs: false });
      const [lhsOnly, noRhs] = await pullback(cotangent, { rhs: false });
      expectNull(noLhs, 'the gradient of lhs with { lhs: false }');
      expectNull(noRhs, 'the gradient of rhs with { rhs: false }');
      if (lhsOnly === null || rhsOnly === null) throw new ConformanceFailure('the gradient that was wanted is null too');
      expectEqual(lhsOnly, dx, 'the gradient of lhs alone differs from that beside the other');
      expectEqual(rhsOnly, dw, 'the gradient of rhs alone differs from that beside the other');
      for (const [index, value] of (await pullback(cotangent, { lhs: false, rhs: false })).entries()) {
        expectNull(value, `gradient ${index} with neither wanted`);
      }
      checkForm((await pullback(cotangent, { lhs: undefined }))[0] ?? cotangent, bench.lhs, 'the gradient of lhs with { lhs: undefined }');
    }),
  },
  {
    name: 'preferred',
    about: 'With a preferredElementType the cotangent has the dtype of the result, the gradients that of the operands.',
    dtypes: (dtype) => isDifferentiable(dtype) && outDTypesOf(dtype).length > 1,
    async check(context, dtype) {
      await forEachAccepted(outDTypesOf(dtype), (preferred) =>
        withBench(context, dtype, preferred, async (bench) => {
          checkForm(bench.out, { dtype: preferred, shape: bench.out.shape }, 'the result');
          await both(bench);
          if (preferred === dtype) return;
          const narrow = fillTensor({ shape: bench.out.shape, dtype }, { style: 'small', seed: 5 });
          await expectRejection(`a ${dtype} cotangent of a ${preferred} result`, ['ValueError'], () => bench.pullback(narrow));
        }),
      );
    },
  },
  {
    name: 'refused-cotangents',
    about: 'A cotangent of another shape or dtype than the result is a ValueError, one that is no tensor a TypeError; none does harm.',
    dtypes: () => true,
    check: own(async (bench) => {
      const { pullback, cotangent, out } = bench;
      const before = await pullback(cotangent);
      for (const [what, wrong] of wrongCotangents(out)) {
        await expectRejection(`a cotangent of ${what}`, ['ValueError'], () => pullback(wrong));
      }
      await expectRejection('a bare array as cotangent', ['TypeError'], () => pullback(cotangent.data));
      await expectRejection('an unknown option of the pullback', ['TypeError'], () => pullback(cotangent, { left: true }));
      const after = await pullback(cotangent);
      for (const [index, gradient] of before.entries()) expectSameOrNull(after[index], gradient, 'a gradient after refused cotangents');
    }),
  },
  {
    name: 'reuse',
    about: 'A pullback runs any number of times, at once too, and changes neither operands nor cotangents.',
    dtypes: isDifferentiable,
    check: own(async (bench) => {
      const { pullback, cotangent, lhs, rhs, out } = bench;
      const copies = [lhs, rhs, cotangent, out].map((tensor): Tensor => ({ ...tensor, data: tensor.data.slice() }));
      const cotangents = [cotangent, ...[31, 32, 33].map((seed) => fillTensor(out, { style: 'small', seed }))];
      const alone: (readonly (Tensor | null)[])[] = [];
      for (const one of cotangents) alone.push(await pullback(one));
      const together = await Promise.all(cotangents.map((one) => pullback(one)));
      for (const [index, gradients] of together.entries()) {
        for (const side of [0, 1])
          expectSameOrNull(gradients[side], alone[index][side], `gradient ${side} of concurrent pullback ${index}`);
      }
      [lhs, rhs, cotangent, out].forEach((tensor, index) =>
        expectEqual(tensor, copies[index], `${['lhs', 'rhs', 'the cotangent', 'the result'][index]} changed`),
      );
    }),
  },
  {
    name: 'disposed',
    about: 'A pullback of a disposed instance rejects with a RuntimeError.',
    dtypes: isDifferentiable,
    check: own(async ({ instance, pullback, cotangent }) => {
      await instance.dispose();
      await expectRejection('a pullback after dispose', ['RuntimeError'], () => pullback(cotangent));
    }),
  },
];

/** Same number of elements in another order of axes, one axis less, one more, one longer; another dtype. */
function wrongCotangents(out: AnyTensor): [what: string, cotangent: Tensor][] {
  const [first, ...rest] = out.shape;
  const shapes: [string, readonly number[]][] = [
    ['its axes reversed', out.shape.toReversed()],
    ['its first two axes in one', [first * rest[0], ...rest.slice(1)]],
    ['an axis of size 1 more', [1, ...out.shape]],
    ['one more row', [first + 1, ...rest]],
    ['no elements', [0, ...rest]],
  ];
  const ones = (shape: readonly number[], dtype: DType): Tensor => fillTensor({ shape, dtype }, { style: 'ones', seed: 0 });
  const dtypes = (['float32', 'float64', 'float16', 'bfloat16', 'int32', 'complex64'] as const).filter((dtype) => dtype !== out.dtype);
  return [
    ...shapes.map(([what, shape]): [string, Tensor] => [what, ones(shape, out.dtype)]),
    ...dtypes.map((dtype): [string, Tensor] => [`dtype ${dtype}`, ones(out.shape, dtype)]),
  ];
}
