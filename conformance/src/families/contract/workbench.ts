/** What contract tests are made with: prepared problems, verdicts on results, and the right kind of rejection. */
import {
  isLaxconvError,
  isUnsupportedProblem,
  type AnyTensor,
  type Backend,
  type BoundConv,
  type ConvPlan,
  type ConvProblem,
  type DType,
  type JaxErrorName,
  type Tensor,
} from '@laxconv/api/backend';
import { fillTensor } from '../../arbitraries/fill.ts';
import { checkResult } from '../../compare/check-result.ts';
import { ConformanceFailure, type ConformanceTest, type TestContext } from '../../suite/test.ts';
import { onHost } from '../public-function.ts';
import { contractProblems } from './problems.ts';

/** A problem that is ready to run, with the operands it was made for. */
export interface Prepared {
  readonly problem: ConvProblem;
  readonly plan: ConvPlan;
  readonly bound: BoundConv;
  readonly lhs: Tensor;
  readonly rhs: Tensor;
}

/** An operand of small integers; other seeds give other ones. */
export function operand(problem: ConvProblem, side: 'lhs' | 'rhs', seed: number): Tensor {
  return fillTensor(problem[side], { style: 'small', seed: side === 'lhs' ? seed : seed + 1000 }, problem.out.dtype);
}

export async function prepare(backend: Backend, problem: ConvProblem, seed = 1): Promise<Prepared> {
  const plan = await backend.prepare(problem);
  const [lhs, rhs] = [operand(problem, 'lhs', seed), operand(problem, 'rhs', seed)];
  return { problem, plan, bound: await plan.bindRhs(rhs), lhs, rhs };
}

export async function discard({ plan, bound }: Prepared): Promise<void> {
  await bound.dispose();
  await plan.dispose();
}

/** A run's result as a host tensor. */
export async function run(bound: BoundConv, lhs: AnyTensor, out?: Tensor): Promise<Tensor> {
  return onHost(await bound.run(lhs, out === undefined ? undefined : { out }));
}

/** What a verdict needs: the problem, and what the plan says of itself. */
export interface Judged {
  readonly problem: ConvProblem;
  readonly plan: Pick<ConvPlan, 'kernel' | 'errorBound'>;
}

/** Throws unless `got` is what these operands give; `what` says which run it was. */
export function verify(context: TestContext, { problem, plan }: Judged, lhs: AnyTensor, rhs: AnyTensor, got: Tensor, what: string): void {
  const { errorBound, kernel } = plan;
  try {
    const { errorOverBound } = checkResult({ problem, lhs, rhs, got, errorBound, nonFinite: context.backend.info.nonFinite });
    context.observe({ kernel, errorOverBound });
  } catch (error) {
    throw new ConformanceFailure(`${what}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** Throws unless `action` rejects (it may not throw) with a laxconv error of one of these classes. */
export async function expectRejection(what: string, classes: readonly JaxErrorName[], action: () => Promise<unknown>): Promise<void> {
  let promise: Promise<unknown>;
  try {
    promise = action();
  } catch (error) {
    throw new ConformanceFailure(`${what}: threw instead of rejecting: ${String(error)}`, { cause: error });
  }
  let outcome: { error: unknown } | undefined;
  try {
    await promise;
  } catch (error) {
    outcome = { error };
  }
  if (outcome === undefined) throw new ConformanceFailure(`${what}: was accepted, where a ${classes.join(' or ')} is due`);
  const { error } = outcome;
  if (!isLaxconvError(error))
    throw new ConformanceFailure(`${what}: rejected with an error that is no LaxconvError: ${String(error)}`, { cause: error });
  if (!classes.includes(error.jaxError)) {
    throw new ConformanceFailure(`${what}: rejected with ${error.jaxError}, where ${classes.join(' or ')} is due: ${error.message}`, {
      cause: error,
    });
  }
}

/** The results of runs that something may happen to on the way: waits for all of them, so that no rejection goes unheard. */
export async function finished(running: readonly Promise<Tensor>[], what: string): Promise<{ got: () => Tensor; what: string }[]> {
  const outcomes = await Promise.allSettled(running);
  return outcomes.map((outcome) => ({
    what,
    got() {
      if (outcome.status === 'fulfilled') return outcome.value;
      throw new ConformanceFailure(`${what} was rejected: ${String(outcome.reason)}`, { cause: outcome.reason });
    },
  }));
}

/** Runs `body` for each problem that the backend takes; a refusal of all of them is passed on. */
export async function forEachProblem(problems: readonly ConvProblem[], body: (problem: ConvProblem) => Promise<void>): Promise<void> {
  let refusal: Error | undefined;
  let ran = 0;
  for (const problem of problems) {
    try {
      await body(problem);
      ran++;
    } catch (error) {
      if (!isUnsupportedProblem(error)) throw error;
      refusal ??= error;
    }
  }
  if (ran === 0 && refusal !== undefined) throw refusal;
}

/** A rule of the contract, checked on one problem at a time. */
export interface ContractRule {
  readonly name: string;
  readonly about: string;
  /** Default: {@link contractProblems}. */
  readonly problems?: (dtype: DType) => readonly ConvProblem[];
  readonly dtypes?: (dtype: DType) => boolean;
  check(context: TestContext, problem: ConvProblem): Promise<void>;
}

/** The test of a rule for one dtype. */
export function contractTest(rule: ContractRule, dtype: DType): ConformanceTest {
  const { name, about, problems = contractProblems } = rule;
  return {
    id: `contract:${name}:dtype=${dtype}`,
    family: 'contract',
    about,
    explain: () => ({ rule: about, problems: problems(dtype) }),
    run: (context) => forEachProblem(problems(dtype), (problem) => rule.check(context, problem)),
  };
}
