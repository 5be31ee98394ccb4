/** Running a resolution: each step's operands through their views, a backend's plan, and the label that the caller sees. */
import type { ConvStep, Source } from '../call/resolution.ts';
import { isLaxconvError, isUnsupportedProblem, UnsupportedProblemError, type LaxconvError } from '../errors.ts';
import type { ConvPlan, OperandTensor } from '../problem/backend.ts';
import type { ConvProblem } from '../problem/problem.ts';
import { isDeviceTensor, zeros } from '../tensor/tensor.ts';
import type { Place } from './place.ts';
import type { PlanCache } from './plan-cache.ts';

/** Runs the steps in order; the last one's result is the call's, the others are freed. */
export async function execute(place: Place, steps: readonly ConvStep[], operands: readonly OperandTensor[]): Promise<OperandTensor[]> {
  const results: OperandTensor[] = [];
  try {
    for (const step of steps) results.push(await runStep(place, step, operands, results));
    return results;
  } finally {
    // The call's own result stays; where a step failed, there is none.
    free(results.length === steps.length ? results.slice(0, -1) : results);
  }
}

/** Gives back the memory of those that are on a device. */
export function free(tensors: readonly (OperandTensor | null)[]): void {
  for (const tensor of tensors) if (isDeviceTensor(tensor)) tensor.device.free();
}

/** Runs one step; `results` are those of the steps before it. */
export async function runStep(
  place: Place,
  step: ConvStep,
  operands: readonly OperandTensor[],
  results: readonly OperandTensor[],
): Promise<OperandTensor> {
  const { problem, out } = step;
  if (problem === null) return place.bring(zeros(out.shape, out.dtype));
  const temporaries: OperandTensor[] = [];
  try {
    const lhs = await read(place, step.lhs, operands, results, temporaries);
    const rhs = await read(place, step.rhs, operands, results, temporaries);
    const result = await withFirstPlan(place.caches, problem, (plan) => runPlan(plan, lhs, rhs));
    if (step.view === undefined) return { ...result, shape: out.shape };
    temporaries.push(result);
    return { ...(await place.bring(result, step.view)), shape: out.shape };
  } finally {
    free(temporaries);
  }
}

/** The tensor a source names; one that had to be made for it is recorded in `temporaries`. */
function read(
  place: Place,
  source: Source,
  operands: readonly OperandTensor[],
  results: readonly OperandTensor[],
  temporaries: OperandTensor[],
): OperandTensor | Promise<OperandTensor> {
  const given = source.from === 'constant' ? source.tensor() : (source.from === 'operand' ? operands : results)[source.index];
  const view = source.from === 'constant' ? undefined : source.view;
  // A view reads past the end of data that is gone without noticing; what is taken as it is, the backend checks.
  if (source.from === 'operand') place.check(given, source.index);
  const brought = place.bring(given, view);
  return brought === given ? given : recorded(brought, temporaries);
}

async function recorded(made: OperandTensor | Promise<OperandTensor>, temporaries: OperandTensor[]): Promise<OperandTensor> {
  const tensor = await made;
  temporaries.push(tensor);
  return tensor;
}

async function runPlan(plan: ConvPlan, lhs: OperandTensor, rhs: OperandTensor): Promise<OperandTensor> {
  const bound = await plan.bindRhs(rhs);
  try {
    return await bound.run(lhs);
  } finally {
    await bound.dispose();
  }
}

/** Uses the plan of the first backend that takes the problem. */
export function withFirstPlan<T>(
  caches: readonly PlanCache[],
  problem: ConvProblem,
  use: (plan: ConvPlan, cache: PlanCache, refusals: readonly Error[]) => Promise<T>,
): Promise<T> {
  return firstToTake(caches, (cache, refusals) => cache.withPlan(problem, (plan) => use(plan, cache, refusals)));
}

/**
 * Tries the backends in order; a refusal of the problem goes to the next, and so does the loss of a backend's device, which may happen at
 * any time and leaves the operands in host memory as they are. When all refuse: the last refusal, with the others as its cause.
 */
export async function firstToTake<T>(
  caches: readonly PlanCache[],
  attempt: (cache: PlanCache, refusals: readonly Error[]) => Promise<T>,
): Promise<T> {
  const refusals: Error[] = [];
  for (const cache of caches) {
    try {
      return await attempt(cache, refusals);
    } catch (error) {
      if (!isUnsupportedProblem(error) && !isLost(error)) throw error;
      refusals.push(error);
    }
  }
  throw withCauses(refusals);
}

function isLost(error: unknown): error is LaxconvError {
  return isLaxconvError(error) && error.rule === 'backend/lost';
}

function withCauses(refusals: readonly Error[]): Error {
  const last = refusals[refusals.length - 1];
  const others = refusals.slice(0, -1);
  if (others.length === 0 || !isUnsupportedProblem(last)) return last;
  return new UnsupportedProblemError(
    last.backend,
    last.reason,
    last.problem,
    others.length === 1 ? others[0] : new AggregateError(others, 'other backends refused too'),
  );
}
