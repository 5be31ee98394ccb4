/** A plan of the naive backend, and the plan with its weights: conversion to the accumulator's dtype, the loops, one rounding. */
import {
  allocate,
  hostOperand,
  checkOut,
  Lifetime,
  outOf,
  sizeOf,
  zeros,
  type BoundConv,
  type ConvPlan,
  type ConvProblem,
  type ErrorBound,
  type OperandTensor,
  type RunOptions,
  type Tensor,
} from '@laxconv/api/backend';
import { arithmeticOf, errorBoundOf, type Arithmetic, type Elements } from './arithmetic.ts';
import { convertInto } from './convert.ts';
import { convolution } from './convolve.ts';

/** How naive runs one problem. */
export class NaivePlan implements ConvPlan {
  readonly kernel: string;
  readonly errorBound: ErrorBound;
  readonly reasons = ['direct loops, for every problem, precision and method'];
  readonly #problem: ConvProblem;
  readonly #arithmetic: Arithmetic;
  readonly #lifetime: Lifetime;

  constructor(problem: ConvProblem, lifetime: Lifetime) {
    this.#problem = problem;
    this.#arithmetic = arithmeticOf(problem);
    this.#lifetime = lifetime;
    this.kernel = `${this.#arithmetic}-direct-1x1`;
    this.errorBound = errorBoundOf(this.#arithmetic);
  }

  async bindRhs(rhs: OperandTensor): Promise<BoundConv> {
    this.#lifetime.check('backend naive: bindRhs');
    const { data } = hostOperand('backend naive: bindRhs', 'rhs', rhs, this.#problem.rhs);
    const weights = allocate(this.#arithmetic, sizeOf(this.#problem.rhs.shape));
    convertInto(data, this.#problem.rhs.dtype, weights, this.#arithmetic);
    return bind(this.#problem, this.#arithmetic, weights, new Lifetime('the bound convolution', () => undefined, this.#lifetime));
  }

  dispose(): Promise<void> {
    return this.#lifetime.end();
  }
}

const RUN = 'backend naive: run';

/** The runs share their scratch memory; being synchronous, they never meet in it. */
function bind<A extends Arithmetic>(problem: ConvProblem, arithmetic: A, weights: Elements<A>, lifetime: Lifetime): BoundConv {
  const convolve = convolution(problem, arithmetic);
  const lhsInArithmetic = scratchUnless(problem.lhs.dtype === arithmetic, arithmetic, problem.lhs.shape);
  const sumsInArithmetic = scratchUnless(problem.out.dtype === arithmetic, arithmetic, problem.out.shape);

  const runSync = (lhs: OperandTensor, options?: RunOptions): Tensor => {
    lifetime.check(RUN);
    const out = outOf(RUN, options);
    const operand = hostOperand(RUN, 'lhs', lhs, problem.lhs);
    if (out !== undefined) checkOut(RUN, out, problem.out, { lhs });
    const result = out ?? zeros(problem.out.shape, problem.out.dtype);

    // Where no scratch is needed, the data's dtype is the arithmetic's.
    const x = lhsInArithmetic ?? (operand.data as Elements<A>);
    const sums = sumsInArithmetic ?? (result.data as Elements<A>);
    if (lhsInArithmetic !== undefined) convertInto(operand.data, problem.lhs.dtype, lhsInArithmetic, arithmetic);
    convolve(x, weights, sums);
    if (sumsInArithmetic !== undefined) convertInto(sumsInArithmetic, arithmetic, result.data, problem.out.dtype);
    return result;
  };

  return {
    run: async (lhs, options) => runSync(lhs, options),
    runSync,
    dispose: () => lifetime.end(),
  };
}

function scratchUnless<A extends Arithmetic>(needless: boolean, arithmetic: A, shape: readonly number[]): Elements<A> | undefined {
  return needless ? undefined : allocate(arithmetic, sizeOf(shape));
}
