/** A convolution prepared once for many inputs: plan and packed weights in hand, nothing to resolve at a run. */
import { reading, unreadable } from '../call/reading.ts';
import type { ConvStep } from '../call/resolution.ts';
import { refuse } from '../errors.ts';
import type { BoundConv, ConvPlan, ErrorBound, OperandTensor, RunOptions } from '../problem/backend.ts';
import { checkOut, outOf } from '../problem/check-operand.ts';
import type { ConvProblem, TensorSpec } from '../problem/problem.ts';
import { readData, readElements } from '../tensor/read-tensor.ts';
import { checkDType, checkIsTensor, checkShape, isDeviceTensor, zeros, type AnyTensor, type Tensor } from '../tensor/tensor.ts';
import { checkSettled, type Settled } from './check-settled.ts';
import { Desk } from './desk.ts';
import { firstToTake } from './execute.ts';
import type { Lifetime } from './lifetime.ts';
import type { Place } from './place.ts';
import type { PreparedConv } from './types/results.ts';

const RUN = 'PreparedConv.run';
const RUN_SYNC = 'PreparedConv.runSync';
const NO_OPTIONS: RunOptions = Object.freeze({});

/** What runs: a backend's bound convolution, or zeros where there is nothing to compute. */
interface Runner {
  readonly kernel: string;
  readonly errorBound: ErrorBound;
  run(lhs: OperandTensor, options: RunOptions): Promise<OperandTensor>;
  runSync?(lhs: AnyTensor, options: RunOptions): Tensor;
  dispose(): Promise<void>;
}

/** Prepares `step` with its weights in `place`. */
export async function prepareConv(
  lifetime: Lifetime,
  place: Place,
  step: ConvStep,
  lhs: TensorSpec,
  rhs: OperandTensor,
): Promise<PreparedConv> {
  const runner = step.problem === null ? emptyRunner(place, step.out) : await boundRunner(place, step.problem, rhs);
  const own = lifetime.child(() => runner.dispose());
  // Weights and sizes were packed for exactly this shape.
  const prepared = { spec: lhs, whose: 'the prepared', rules: { shape: 'operand/shape', dtype: 'operand/dtype' } } as const;
  // A backend looks at its elements only.
  const result = { spec: step.out, whose: "the result's", rules: { shape: 'tensor/out', dtype: 'tensor/out' } } as const;
  const desk = new Desk(lhs, step.out);
  return {
    kernel: runner.kernel,
    problem: step.problem,
    errorBound: runner.errorBound,
    outShape: Object.freeze([...step.out.shape]),
    run: (given: OperandTensor, options?: RunOptions) =>
      own.during(RUN, async () => {
        const out = reading(RUN, () => outOf(RUN, options));
        const operand = reading(RUN, () => readSettled(RUN, 'lhs', given, prepared));
        if (out === undefined) return runner.run(operand, NO_OPTIONS);
        await runner.run(operand, { out: reading(RUN, () => readSettled(RUN, 'out', out, result)) as Tensor });
        return out;
      }),
    runSync(given: AnyTensor, options?: RunOptions) {
      own.check(RUN_SYNC);
      let out: RunOptions['out'];
      let operand: AnyTensor['data'] | undefined;
      let target: AnyTensor['data'] | undefined;
      try {
        out = outOf(RUN_SYNC, options);
        checkGiven(RUN_SYNC, 'lhs', given, prepared);
        if (!isDeviceTensor(given)) operand = readData(RUN_SYNC, 'lhs', given, lhs);
        if (out !== undefined) {
          checkGiven(RUN_SYNC, 'out', out, result);
          target = readData(RUN_SYNC, 'out', out, step.out);
        }
      } catch (error) {
        throw unreadable(RUN_SYNC, error);
      }
      if (runner.runSync === undefined) {
        throw refuse('backend/sync', `kernel ${runner.kernel} cannot run synchronously; use run`, { op: RUN_SYNC, argument: 'lhs' });
      }
      try {
        const made = runner.runSync(
          operand === undefined ? given : desk.lhsOf(operand),
          target === undefined ? NO_OPTIONS : desk.outTo(target),
        );
        return out ?? made;
      } finally {
        desk.clear();
      }
    },
    dispose: () => own.end(),
  } as PreparedConv;
}

/** Refuses what is no tensor of the settled shape and dtype. Allocates nothing. */
function checkGiven(op: string, argument: string, given: unknown, settled: Settled): asserts given is OperandTensor {
  checkIsTensor(op, argument, given);
  checkDType(op, `${argument}.dtype`, given.dtype);
  checkShape(op, argument, given.shape);
  checkSettled(op, argument, given as OperandTensor, settled);
}

/** The tensor `given`, of the settled shape and dtype. */
function readSettled(op: string, argument: string, given: unknown, settled: Settled): OperandTensor {
  checkGiven(op, argument, given, settled);
  return readElements(op, argument, given, settled.spec);
}

async function boundRunner(place: Place, problem: ConvProblem, rhs: OperandTensor): Promise<Runner> {
  // A plan of its own: it lives as long as the prepared convolution, whatever the cache does.
  return firstToTake(place.caches, async (cache) => {
    const plan = await cache.prepare(problem);
    try {
      return runnerOf(plan, await plan.bindRhs(await place.bring(rhs)));
    } catch (error) {
      await plan.dispose();
      throw error;
    }
  });
}

function runnerOf(plan: ConvPlan, bound: BoundConv): Runner {
  return {
    kernel: plan.kernel,
    errorBound: plan.errorBound,
    run: (lhs, options) => bound.run(lhs, options),
    ...(bound.runSync ? { runSync: bound.runSync.bind(bound) } : {}),
    async dispose() {
      try {
        await bound.dispose();
      } finally {
        await plan.dispose();
      }
    },
  };
}

function emptyRunner(place: Place, out: TensorSpec): Runner {
  const runSync = (lhs: AnyTensor, { out: target }: RunOptions): Tensor => {
    if (target === undefined) return zeros(out.shape, out.dtype);
    checkOut(RUN, target, out, { lhs });
    target.data.fill(0 as never);
    return target;
  };
  return {
    kernel: 'empty',
    errorBound: { kind: 'exact' },
    run: async (lhs, options) => (isDeviceTensor(lhs) ? place.bring(zeros(out.shape, out.dtype)) : runSync(lhs, options)),
    runSync,
    dispose: () => Promise.resolve(),
  };
}
