/** Rules about what backends and plans say of themselves, and about numbers that are none. */
import { laxconvOn } from '@laxconv/api';
import {
  DTYPES,
  isDeviceTensor,
  sizeOf,
  type BackendInfo,
  type ConvProblem,
  type ErrorBound,
  type DType,
  type Tensor,
} from '@laxconv/api/backend';
import { checkForm } from '../../compare/check-form.ts';
import { checkErrorBound } from '../../compare/error-bound.ts';
import { encoderOf } from '../../arbitraries/elements.ts';
import { ConformanceFailure, type TestContext } from '../../suite/test.ts';
import { changed } from '../random/change-problem.ts';
import { callPublicly } from './public-call.ts';
import { contractProblems } from './problems.ts';
import { expectRejection } from '../refusals.ts';
import { discard, finished, operand, prepare, run, verify, type ContractRule } from './workbench.ts';

async function declarations(context: TestContext, problem: ConvProblem): Promise<void> {
  const { name, info }: { name: unknown; info: Partial<BackendInfo> | undefined } = context.backend;
  if (typeof name !== 'string' || name === '') throw new ConformanceFailure(`a backend's name is a non-empty string, got ${String(name)}`);
  if (info?.nonFinite !== 'ieee' && info?.nonFinite !== 'unspecified') {
    throw new ConformanceFailure(`info.nonFinite is 'ieee' or 'unspecified', got ${String(info?.nonFinite)}`);
  }
  if (context.backend.toDevice !== undefined && context.backend.rearrange === undefined) {
    throw new ConformanceFailure('a backend with toDevice offers rearrange too');
  }
  for (const precision of ['default', 'high', 'highest'] as const) {
    for (const method of ['auto', 'direct', 'fft'] as const) {
      const each = changed(problem, { precision, method });
      const prepared = await prepare(context.backend, each);
      const { kernel, errorBound }: { kernel: unknown; errorBound: ErrorBound } = prepared.plan;
      if (typeof kernel !== 'string' || kernel === '')
        throw new ConformanceFailure(`a plan's kernel is a non-empty string, got ${String(kernel)}`);
      checkErrorBound(each, errorBound);
      checkForm(await run(prepared.bound, prepared.lhs), each.out, `kernel ${kernel}`);
      await discard(prepared);
    }
  }
}

/** NaN and infinity reach the elements whose window they lie in, and no others. */
async function nonFinite(context: TestContext, problem: ConvProblem): Promise<void> {
  const prepared = await prepare(context.backend, problem);
  const { bound, plan, rhs } = prepared;
  const isComplex = DTYPES[problem.lhs.dtype].kind === 'complex';
  if (context.backend.info.nonFinite === 'ieee' && plan.errorBound.kind === 'pointwise') {
    // How complex products spread an infinity is the platform's choice (three products or four); NaN spreads the same way in both.
    for (const value of isComplex ? [NaN] : [NaN, Infinity, -Infinity]) {
      const count = sizeOf(problem.lhs.shape);
      for (const index of [0, Math.floor(count / 2), count - 1]) {
        const lhs = withElement(operand(problem, 'lhs', 1), index, value);
        verify(context, prepared, lhs, rhs, await run(bound, lhs), `lhs with ${value} as element ${index}`);
      }
    }
    const clean = operand(problem, 'lhs', 1);
    verify(context, prepared, clean, rhs, await run(bound, clean), 'a finite lhs after non-finite ones');
  }
  await discard(prepared);
}

function withElement(tensor: Tensor, index: number, value: number): Tensor {
  const elements: { [index: number]: number | bigint } = tensor.data;
  elements[index * DTYPES[tensor.dtype].components] = encoderOf(tensor.dtype)(value);
  return tensor;
}

async function instanceLifetime(context: TestContext, problem: ConvProblem): Promise<void> {
  const prepared = await prepare(context.backend, problem);
  const { lhs, rhs } = prepared;
  const [one, other] = [laxconvOn(context.backend), laxconvOn(context.backend)];
  const inFlight = finished([callPublicly(one, problem, lhs, rhs)], 'a call in flight when its instance was disposed of');
  await Promise.all([one.dispose(), one.dispose()]);
  for (const { got, what } of await inFlight) verify(context, prepared, lhs, rhs, got(), what);
  await expectRejection('a call after dispose', ['RuntimeError'], () => callPublicly(one, problem, lhs, rhs));
  verify(context, prepared, lhs, rhs, await callPublicly(other, problem, lhs, rhs), 'another instance on the same backend');
  await other.dispose();
  verify(context, prepared, lhs, rhs, await run(prepared.bound, lhs), 'the backend, after its instances were disposed of');
  await discard(prepared);
}

/** Device operands give device results; they come back right, and only their own backend takes them. */
async function deviceTensors(context: TestContext, problem: ConvProblem): Promise<void> {
  const prepared = await prepare(context.backend, problem);
  const { bound, lhs, rhs, plan } = prepared;
  if (context.backend.toDevice !== undefined) {
    const [x, w] = await Promise.all([context.backend.toDevice(lhs), context.backend.toDevice(rhs)]);
    const result = await bound.run(x);
    if (!isDeviceTensor(result)) throw new ConformanceFailure('a device lhs gave a host result');
    verify(context, prepared, lhs, rhs, await result.device.read(), 'a result read from the device');
    result.device.free();
    const onDevice = await plan.bindRhs(w);
    verify(context, prepared, lhs, rhs, await run(onDevice, lhs), 'weights from the device');
    await onDevice.dispose();
    const stranger = await context.createBackend();
    const foreign = await stranger.toDevice?.(lhs);
    if (foreign !== undefined) await expectRejection("another backend's tensor", ['ValueError'], () => bound.run(foreign));
    await stranger.dispose();
    for (const tensor of [x, w]) tensor.device.free();
    await expectRejection('a device tensor that was freed', ['RuntimeError'], () => bound.run(x));
  }
  await discard(prepared);
}

const atHighest = (dtype: DType): ConvProblem[] =>
  contractProblems(dtype).flatMap((problem) => [problem, changed(problem, { precision: 'highest', method: 'direct' })]);

const callable = (dtype: DType): ConvProblem[] => contractProblems(dtype).filter(({ windowReversal }) => !windowReversal.includes(true));

/** The rules about what is declared. */
export const DECLARATION_RULES: readonly ContractRule[] = [
  {
    name: 'declarations',
    about: 'The backend has a name and says what it does with NaN; a plan names its kernel and declares a bound that the kit allows.',
    check: declarations,
  },
  {
    name: 'non-finite-stays-local',
    about: "NaN and infinity stay in the windows they lie in (pointwise kernels of a backend whose nonFinite is 'ieee').",
    problems: atHighest,
    dtypes: (dtype) => ['float', 'complex'].includes(DTYPES[dtype].kind),
    check: nonFinite,
  },
  {
    name: 'instance-lifetime',
    about: 'An instance is disposed of once, finishes what it started, and leaves its backend to whoever made it.',
    problems: callable,
    check: instanceLifetime,
  },
  { name: 'device-tensors', about: 'Where the backend has device memory: device in, device out, nobody else’s.', check: deviceTensors },
];
