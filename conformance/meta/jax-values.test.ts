/** The tolerance is not out of reach: JAX's own values satisfy it, on every golden with a value. */
import { createBackend } from '@laxconv/naive';
import type { OperandTensor, Tensor } from '@laxconv/api/backend';
import { expect, test } from 'vitest';
import { checkJaxValue } from '../src/compare/jax-bound.ts';
import { callFunction, onHost } from '../src/families/public-function.ts';
import { record } from '../src/families/recording.ts';
import type { GoldenCase } from '../src/goldens/golden-case.ts';
import { evaluate } from '../src/oracle/evaluate.ts';
import type { Goldens } from '../src/goldens/goldens.ts';
import { goldens } from './families.ts';
import { messageOf } from '../src/suite/message-of.ts';

/** The largest error of JAX's value over its bound; undefined where the call rearranges the convolution's result or runs none. */
async function errorOfJax(all: Goldens, golden: GoldenCase): Promise<number | undefined> {
  const { backend, runs } = record(await createBackend());
  const operands = await all.operands(golden);
  const result = await onHost((await callFunction(backend, golden.call.fn, [...operands, ...golden.call.args])) as OperandTensor);
  const last = runs.at(-1);
  if (last === undefined || runs.length > 1 || !sameNumbers(result, last.got)) return undefined;
  const jax = (await all.expected(golden)) as Tensor;
  const { problem, lhs, rhs } = last;
  const evaluated = { problem, lhs, reference: evaluate(problem, lhs, rhs) };
  return checkJaxValue(evaluated, { ...jax, shape: problem.out.shape }, problem.method === 'fft');
}

function sameNumbers(a: Tensor, b: Tensor): boolean {
  const [left, right]: ArrayLike<number | bigint>[] = [a.data, b.data];
  return a.dtype === b.dtype && left.length === right.length && Array.from(left).every((value, index) => Object.is(value, right[index]));
}

test("JAX's values satisfy the tolerance that backends are held to", { timeout: 120_000 }, async () => {
  const all = await goldens();
  const withValue = all.cases.filter(({ outcome }) => outcome.kind === 'value');
  let compared = 0;
  const over: string[] = [];
  for (const golden of withValue) {
    try {
      if ((await errorOfJax(all, golden)) !== undefined) compared++;
    } catch (error) {
      over.push(`${golden.id}: ${messageOf(error)}`);
    }
  }
  expect(over).toEqual([]);
  // The others rearrange the result (conjugates, layouts) or sum nothing.
  expect(compared).toBeGreaterThan(withValue.length / 2);
});
