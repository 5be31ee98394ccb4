/** Where random tests run problems: on the backend under test, with every run remembered so that a failure can show it. */
import { resolve, type FunctionName } from '@laxconv/api';
import {
  isUnsupportedProblem,
  type AnyTensor,
  type ConvPlan,
  type ConvProblem,
  type OperandTensor,
  type Tensor,
} from '@laxconv/api/backend';
import { checkForm } from '../../compare/check-form.ts';
import { checkResult } from '../../compare/check-result.ts';
import type { TestContext } from '../../suite/test.ts';
import { callFunction, onHost } from '../public-function.ts';
import { expectEqual } from './equal.ts';

/** One run of a problem, as the failure report shows it. */
export interface LabRun {
  readonly problem: ConvProblem;
  readonly lhs: AnyTensor;
  readonly rhs: AnyTensor;
}

/** One call of a public function. */
export interface LabCall {
  readonly fn: FunctionName;
  readonly operands: readonly AnyTensor[];
  readonly args: readonly unknown[];
  /** Of a call that returns a pullback: what the pullback is given. */
  readonly cotangent?: AnyTensor;
}

/** Runs problems for one test and counts what the backend refused. */
export class Lab {
  readonly context: TestContext;
  /** What ran since `forget`. */
  runs: (LabRun | LabCall)[] = [];
  refusals = 0;
  firstRefusal: Error | undefined;
  completed = 0;
  /** False once a kernel ran that does not add exact integers exactly (Winograd, FFT). */
  #exact = true;

  constructor(context: TestContext) {
    this.context = context;
  }

  forget(): void {
    this.runs = [];
    this.#exact = true;
  }

  /**
   * The backend's result for `problem`, of the right form. A kernel that is not exact on small integers is held to the oracle here,
   * since `same` can then say nothing.
   */
  async convolve(problem: ConvProblem, lhs: AnyTensor, rhs: AnyTensor): Promise<Tensor> {
    this.runs.push({ problem, lhs, rhs });
    const { got, plan } = await runOnce(this.context, problem, lhs, rhs);
    checkForm(got, problem.out, `kernel ${plan.kernel}`);
    if (plan.errorBound.kind === 'tile' || plan.errorBound.kind === 'signal') {
      this.#exact = false;
      this.#check(problem, lhs, rhs, got, plan);
    }
    return got;
  }

  /** Runs `problem` and holds the result to the oracle by the plan's bound. */
  async compareWithOracle(problem: ConvProblem, lhs: AnyTensor, rhs: AnyTensor): Promise<void> {
    this.runs.push({ problem, lhs, rhs });
    const { got, plan } = await runOnce(this.context, problem, lhs, rhs);
    checkForm(got, problem.out, `kernel ${plan.kernel}`);
    this.#check(problem, lhs, rhs, got, plan);
  }

  /** The result of a public function on the backend under test. */
  async call(fn: FunctionName, operands: readonly AnyTensor[], args: readonly unknown[]): Promise<Tensor> {
    this.runs.push({ fn, operands, args });
    const { backend } = this.context;
    for (const problem of resolve({ fn, operands, args })) {
      const plan = await backend.prepare(problem);
      if (plan.errorBound.kind === 'tile' || plan.errorBound.kind === 'signal') this.#exact = false;
      await plan.dispose();
    }
    return onHost((await callFunction(backend, fn, [...operands, ...args])) as OperandTensor);
  }

  /** Throws unless the tensors hold the same numbers, where all kernels that ran are exact on them. */
  same(got: AnyTensor, expected: AnyTensor, rule: string): void {
    if (this.#exact) expectEqual(got, expected, rule);
    else checkForm(got, expected, rule);
  }

  /** Runs `body`; what the backend refuses is counted and passes. */
  async allowRefusals(body: () => Promise<void>): Promise<void> {
    this.forget();
    try {
      await body();
      this.completed++;
    } catch (error) {
      if (!isUnsupportedProblem(error)) throw error;
      this.firstRefusal ??= error;
      this.refusals++;
    }
  }

  #check(problem: ConvProblem, lhs: AnyTensor, rhs: AnyTensor, got: Tensor, { kernel, errorBound }: ConvPlan): void {
    const { errorOverBound } = checkResult({ problem, lhs, rhs, got, errorBound, nonFinite: this.context.backend.info.nonFinite });
    this.context.observe({ kernel, errorOverBound });
  }
}

async function runOnce(
  { backend }: TestContext,
  problem: ConvProblem,
  lhs: AnyTensor,
  rhs: AnyTensor,
): Promise<{ got: Tensor; plan: ConvPlan }> {
  const plan = await backend.prepare(problem);
  const bound = await plan.bindRhs(rhs);
  const got = await onHost(await bound.run(lhs));
  await bound.dispose();
  await plan.dispose();
  return { got, plan };
}
