/** What contract tests are made with: prepared problems and verdicts on results. */
import {
  type AnyTensor,
  type Backend,
  type BoundConv,
  type ConvPlan,
  type ConvProblem,
  type DType,
  type Tensor,
} from '@laxconv/api/backend';
import { fillTensor } from '../../arbitraries/fill.ts';
import { checkResult } from '../../compare/check-result.ts';
import { ConformanceFailure, type ConformanceTest, type TestContext } from '../../suite/test.ts';
import { onHost } from '../public-function.ts';
import { forEachAccepted } from '../refusals.ts';
import { contractProblems } from './problems.ts';
import { messageOf } from '../../suite/message-of.ts';

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

/** Plans a problem and binds weights of small integers to it. */
export async function prepare(backend: Backend, problem: ConvProblem, seed = 1): Promise<Prepared> {
  const plan = await backend.prepare(problem);
  const [lhs, rhs] = [operand(problem, 'lhs', seed), operand(problem, 'rhs', seed)];
  return { problem, plan, bound: await plan.bindRhs(rhs), lhs, rhs };
}

/** Disposes of both. */
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
    throw new ConformanceFailure(`${what}: ${messageOf(error)}`, { cause: error });
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
    run: (context) => forEachAccepted(problems(dtype), (problem) => rule.check(context, problem)),
  };
}
