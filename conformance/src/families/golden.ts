/** The golden family: a call that JAX ran, through the public function, held to the oracle by the plan's bound and to JAX's own value. */
import { resolve, type ConvCall } from '@laxconv/api';
import type { Backend, ConvProblem, OperandTensor, Tensor } from '@laxconv/api/backend';
import { checkForm } from '../compare/check-form.ts';
import { checkResult } from '../compare/check-result.ts';
import { checkAgainstJax } from '../compare/jax-bound.ts';
import type { GoldenCase } from '../goldens/golden-case.ts';
import type { Goldens } from '../goldens/goldens.ts';
import type { Json } from '../goldens/operand.ts';
import { ConformanceFailure, type ConformanceTest, type TestContext } from '../suite/test.ts';
import { bytesOf, sameBytes } from './bytes.ts';
import { callFunction, onHost } from './public-function.ts';
import { record } from './recording.ts';
import { traceElements } from './trace-elements.ts';

/** The tests of all goldens that have a value. */
export function goldenTests(goldens: Goldens): ConformanceTest[] {
  return goldens.cases
    .filter(({ outcome }) => outcome.kind !== 'error')
    .map((golden) => ({
      id: golden.id,
      family: 'golden' as const,
      about: golden.about,
      explain: () => explainGolden(golden),
      run: (context) => run(goldens, golden, context),
    }));
}

/** A golden as JSON: the call, the problems it resolves to, and what JAX did. */
export function explainGolden({ call, outcome, notes, x64 }: GoldenCase): object {
  return { call, problems: problemsOf(call), outcome, notes, jaxEnableX64: x64 };
}

function problemsOf({ fn, operands, args }: GoldenCase['call']): readonly ConvProblem[] | string {
  if (fn === 'lax.convDimensionNumbers') return [];
  const specs = operands.map((operand) => ('json' in operand ? operand.json : { shape: operand.shape, dtype: operand.dtype }));
  try {
    return resolve({ fn, operands: specs, args } as unknown as ConvCall);
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

async function run(goldens: Goldens, golden: GoldenCase, context: TestContext): Promise<void> {
  const { fn, args } = golden.call;
  // Both before the call: a golden that cannot be trusted must be found before anything is compared with it.
  const [operands, expected] = [await goldens.operands(golden), await goldens.expected(golden)];
  const call = (backend: Backend): Promise<unknown> => callFunction(backend, fn, [...operands, ...args]);
  if (golden.outcome.kind === 'json') return compareJson(await call(context.backend), expected as Json);
  if (golden.outcome.kind === 'values') return holdPullback(context, expected as (Tensor | null)[], golden.call, operands);
  await holdValue(context, expected as Tensor, async (backend) => onHost((await call(backend)) as OperandTensor));
}

/** Holds a function that returns a pullback: the result, then each cotangent, of the third operand. JAX's values are in this order. */
async function holdPullback(
  context: TestContext,
  [out, ...cotangents]: readonly (Tensor | null)[],
  { fn, args }: GoldenCase['call'],
  [lhs, rhs, outCotangent]: readonly unknown[],
): Promise<void> {
  const forward = (backend: Backend, use: (result: [OperandTensor, Pullback]) => unknown): Promise<unknown> =>
    callFunction(backend, fn, [lhs, rhs, ...args], (result) => use(result as [OperandTensor, Pullback]));
  if (out === null) throw new TypeError(`${fn}: JAX's result is missing from the golden`);
  await holdValue(context, out, async (backend) => onHost((await forward(backend, ([result]) => result)) as OperandTensor));

  for (const [index, operand] of (['lhs', 'rhs'] as const).entries()) {
    const wanted = { lhs: operand === 'lhs', rhs: operand === 'rhs' };
    const pull = async (backend: Backend) =>
      (await forward(backend, async ([, pullback]) => (await pullback(outCotangent, wanted))[index])) as OperandTensor | null;
    const expected = cotangents[index];
    if (expected !== null) {
      await holdValue(context, expected, async (backend) => onHost(present(operand, await pull(backend))));
    } else if ((await pull(context.backend)) !== null) {
      throw new ConformanceFailure(`the cotangent of ${operand}, which is not differentiable, must be null`);
    }
  }
}

type Pullback = (outCotangent: unknown, wanted: { lhs: boolean; rhs: boolean }) => Promise<(OperandTensor | null)[]>;

function present(operand: string, cotangent: OperandTensor | null): OperandTensor {
  if (cotangent !== null) return cotangent;
  throw new ConformanceFailure(`the cotangent of ${operand} is null, JAX has one`);
}

/** Holds one result of a call to the oracle and to JAX's value. */
async function holdValue(context: TestContext, jax: Tensor, call: (backend: Backend) => Promise<Tensor>): Promise<void> {
  const { backend, runs } = record(context.backend);
  const { nonFinite } = context.backend.info;
  const got = await call(backend);
  checkForm(got, jax);
  const checked = runs.map((recorded) => {
    const { kernel } = recorded;
    const { errorOverBound, reference } = checkResult({ ...recorded, nonFinite });
    context.observe({ kernel, errorOverBound });
    return { ...recorded, reference };
  });
  const last = checked.at(-1);
  if (last === undefined) return compareEmpty(got, jax);
  const from = got.dtype === last.got.dtype && sameBytes(bytesOf(got), bytesOf(last.got)) ? undefined : await traceElements(runs, call);
  checkAgainstJax(last, { got, jax, errorBound: last.errorBound, nonFinite, from }, last.problem.method === 'fft');
}

/** A call that no convolution answers gives zeros, or nothing. */
function compareEmpty(got: Tensor, jax: Tensor): void {
  const data: ArrayLike<number | bigint> = got.data;
  // −0 and 0 are one value here.
  const at = Array.from(jax.data as ArrayLike<number | bigint>).findIndex((value, index) => data[index] !== value);
  if (at !== -1) throw new ConformanceFailure(`element ${at} of an empty sum is ${data[at]}, JAX's value is ${jax.data[at]}`);
}

function compareJson(got: unknown, expected: Json): void {
  const [left, right] = [canonical(got), canonical(expected)];
  if (left !== right) throw new ConformanceFailure(`the result is ${left}, JAX's is ${right}`);
}

/** JSON with sorted keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
