/** A convolution prepared once for many inputs: plan and packed weights in hand, nothing to resolve at a run. */
import { checkOptions } from '../call/options.ts';
import type { ConvStep } from '../call/resolution.ts';
import { refuse } from '../errors.ts';
import type { BoundConv, ConvPlan, ErrorBound, OperandTensor, RunOptions } from '../problem/backend.ts';
import { checkOut } from '../problem/check-operand.ts';
import type { ConvProblem, TensorSpec } from '../problem/problem.ts';
import { checkTensor, isDeviceTensor, zeros, type AnyTensor, type Tensor } from '../tensor/tensor.ts';
import { checkSettled } from './check-settled.ts';
import { firstToTake } from './execute.ts';
import type { Lifetime } from './lifetime.ts';
import type { Place } from './place.ts';
import type { PreparedConv } from './types/results.ts';

const RUN = 'PreparedConv.run';
const RUN_SYNC = 'PreparedConv.runSync';
const RUN_OPTIONS = ['out'] as const satisfies (keyof RunOptions)[];

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
  const result = { spec: step.out, whose: "the result's", rules: { shape: 'tensor/out', dtype: 'tensor/out' } } as const;
  const check = (op: string, given: unknown, options: RunOptions): void => {
    checkTensor(op, 'lhs', given);
    checkSettled(op, 'lhs', given, prepared);
    checkOptions(op, options, RUN_OPTIONS);
    if (options.out === undefined) return;
    checkTensor(op, 'out', options.out);
    // A backend looks at its elements only.
    checkSettled(op, 'out', options.out, result);
  };
  return {
    kernel: runner.kernel,
    problem: step.problem,
    errorBound: runner.errorBound,
    run: (given: OperandTensor, options: RunOptions = {}) =>
      own.during(RUN, async () => {
        check(RUN, given, options);
        return runner.run(given, options);
      }),
    runSync(given: AnyTensor, options: RunOptions = {}) {
      own.check(RUN_SYNC);
      check(RUN_SYNC, given, options);
      if (runner.runSync !== undefined) return runner.runSync(given, options);
      throw refuse('backend/sync', `kernel ${runner.kernel} cannot run synchronously; use run`, { op: RUN_SYNC, argument: 'lhs' });
    },
    dispose: () => own.end(),
  } as PreparedConv;
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
