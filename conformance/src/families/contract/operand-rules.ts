/** Rules about what is refused, and how: operands that do not fit, problems that the backend cannot run. */
import {
  isLaxconvError,
  isUnsupportedProblem,
  sizeOf,
  zeros,
  type AnyTensor,
  type ConvProblem,
  type DType,
  type Tensor,
} from '@laxconv/api/backend';
import { buildProblem } from '../../arbitraries/build-problem.ts';
import { outDTypesOf } from '../../arbitraries/out-dtypes.ts';
import { ConformanceFailure, type TestContext } from '../../suite/test.ts';
import { changed } from '../random/change-problem.ts';
import { viewOf } from './memory.ts';
import { contractProblems } from './problems.ts';
import { expectRejection } from '../refusals.ts';
import { discard, prepare, run, verify, type ContractRule } from './workbench.ts';

/** Tensors that are not what was prepared, with the name of what is wrong with them. */
function misfits(good: Tensor): [what: string, tensor: AnyTensor][] {
  const { shape, dtype } = good;
  const count = sizeOf(shape);
  const other: DType = dtype === 'float32' ? 'int32' : 'float32';
  const detached: Tensor = { ...good, data: good.data.slice() };
  structuredClone(detached.data.buffer, { transfer: [detached.data.buffer] });
  const wrongClass = zeros([good.data.length], dtype === 'float64' || dtype === 'complex128' ? 'float32' : 'float64').data;
  return [
    ['of another dtype', zeros(shape, other)],
    ['with an element too many', zeros([count + 1], dtype)],
    ['with an element too few', zeros([count - 1], dtype)],
    ['with less data than its shape says', { shape, dtype, data: zeros([count - 1], dtype).data }],
    ['with more data than its shape says', { shape, dtype, data: zeros([count + 1], dtype).data }],
    ['with data of the wrong class', { shape, dtype, data: wrongClass }],
    ['detached', detached],
    ['whose buffer has shrunk', shrunk(good)],
  ];
}

/** A tensor over a resizable buffer that was made smaller behind its back. */
function shrunk(good: Tensor): AnyTensor {
  const { data } = good;
  const buffer = new ArrayBuffer(data.byteLength, { maxByteLength: data.byteLength });
  const view = viewOf(good.dtype, buffer, 0, data.length);
  buffer.resize(data.byteLength - data.BYTES_PER_ELEMENT);
  return { ...good, data: view };
}

async function operandsRefused(context: TestContext, problem: ConvProblem): Promise<void> {
  const prepared = await prepare(context.backend, problem);
  const { bound, plan, lhs, rhs } = prepared;
  for (const [what, wrong] of misfits(lhs)) {
    await expectRejection(`lhs ${what}`, ['ValueError', 'TypeError'], () => bound.run(wrong));
    verify(context, prepared, lhs, rhs, await run(bound, lhs), `the run after an lhs ${what} was refused`);
  }
  for (const [what, wrong] of misfits(rhs)) {
    await expectRejection(`rhs ${what}`, ['ValueError', 'TypeError'], () => plan.bindRhs(wrong));
    const again = await plan.bindRhs(rhs);
    verify(context, prepared, lhs, rhs, await run(again, lhs), `the run after an rhs ${what} was refused`);
    await again.dispose();
  }
  await discard(prepared);
}

/** A backend runs a problem rightly or refuses it in the one way that callers can tell from a failure. */
async function refusalsAreTyped(context: TestContext, problem: ConvProblem): Promise<void> {
  let prepared;
  try {
    prepared = await prepare(context.backend, problem);
  } catch (error) {
    if (!isLaxconvError(error) || !isUnsupportedProblem(error)) {
      throw new ConformanceFailure(`prepare refused with something else than an UnsupportedProblemError: ${String(error)}`, {
        cause: error,
      });
    }
    const { backend, reason, jaxError } = error;
    if (backend === context.backend.name && typeof reason === 'string' && reason.length > 0 && jaxError === 'NotImplementedError') return;
    throw new ConformanceFailure('an UnsupportedProblemError names the backend, a reason and NotImplementedError', { cause: error });
  }
  const { bound, lhs, rhs } = prepared;
  verify(context, prepared, lhs, rhs, await run(bound, lhs), 'a problem that the backend took');
  await discard(prepared);
}

const DIMENSION = { input: 2, kernel: 2, stride: 1, lhsDilation: 1, rhsDilation: 1, lo: 0, hi: 1, reversed: false };

/** Problems at the edge of what backends take: every output dtype, five spatial dimensions, all features at once. */
function exoticProblems(dtype: DType): ConvProblem[] {
  const [plain] = contractProblems(dtype);
  const five = buildProblem({
    dtype,
    outDType: dtype,
    groupKind: 'none',
    groups: 1,
    batch: 1,
    inFeatures: 2,
    outFeatures: 1,
    dimensions: [DIMENSION, DIMENSION, DIMENSION, DIMENSION, DIMENSION],
    lhsLayout: 5,
    rhsLayout: 100,
    outLayout: 9,
    precision: 'highest',
    method: 'direct',
  });
  const outs = outDTypesOf(dtype).map((out) => changed(plain, { out: { ...plain.out, dtype: out } }));
  const levels = (['default', 'high', 'highest'] as const).flatMap((precision) =>
    (['auto', 'direct', 'fft'] as const).map((method) => changed(plain, { precision, method })),
  );
  return [...outs, ...levels, five];
}

async function problemUnmodified(context: TestContext, problem: ConvProblem): Promise<void> {
  const text = JSON.stringify(problem);
  const thawed = JSON.parse(text) as ConvProblem;
  const prepared = await prepare(context.backend, thawed);
  verify(context, prepared, prepared.lhs, prepared.rhs, await run(prepared.bound, prepared.lhs), 'a problem that came through JSON');
  if (JSON.stringify(thawed) !== text) throw new ConformanceFailure('the problem handed to prepare was changed');
  await discard(prepared);
}

/** The rules about refusals. */
export const OPERAND_RULES: readonly ContractRule[] = [
  {
    name: 'operands-refused',
    about: 'An operand that is not what was prepared, or detached, rejects with a typed error; the next call is right.',
    check: operandsRefused,
  },
  {
    name: 'refusals-are-typed',
    about: 'What a backend cannot run it refuses with an UnsupportedProblemError; what it takes it runs rightly.',
    problems: exoticProblems,
    check: refusalsAreTyped,
  },
  { name: 'problem-unmodified', about: 'A problem is data: frozen or from JSON, and not changed.', check: problemUnmodified },
];
