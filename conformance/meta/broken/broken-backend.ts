/** What a deliberately broken backend is: naive with one mistake, and the families that have to notice. */
import type { Backend, BoundConv, ConvPlan, ConvProblem, DType, Tensor } from '@laxconv/api/backend';
import { createBackend } from '@laxconv/naive';

/** The families that look at numbers and rules. */
export type CatchingFamily = 'golden' | 'property' | 'differential' | 'contract';

export interface BrokenBackend {
  /** The mistake, as an engineer would confess it. */
  readonly name: string;
  /** Wrong numbers have to be found by a golden alone and by the random families alone; broken rules by the contract family. */
  readonly kind: 'values' | 'rule';
  /** The families that catch it, each by itself. */
  readonly caughtBy: readonly CatchingFamily[];
  /** Where it shows: the tests of these dtypes are run, to save time. */
  readonly dtypes: readonly DType[];
  readonly create: () => Promise<Backend>;
  /** How long a test may take, in milliseconds: short where hanging is the mistake. */
  readonly patience?: number;
}

/** Runs a problem rightly. */
export type Convolve = (problem: ConvProblem, lhs: Tensor, rhs: Tensor) => Promise<Tensor>;

/** Computes a problem, wrongly. */
export type Fault = (convolve: Convolve, problem: ConvProblem, lhs: Tensor, rhs: Tensor) => Promise<Tensor> | Tensor;

/** A backend that keeps every rule and gets the numbers from `fault`. */
export async function withFault(fault: Fault): Promise<Backend> {
  const [inner, calculator] = await Promise.all([createBackend(), createBackend()]);
  const convolve: Convolve = async (problem, lhs, rhs) => {
    const bound = await (await calculator.prepare(problem)).bindRhs(rhs);
    return (await bound.run(lhs)) as Tensor;
  };
  return decorate(inner, (plan, problem) => ({
    async bindRhs(rhs) {
      const bound = await plan.bindRhs(rhs);
      const weights = ownCopy(rhs as Tensor, problem.rhs.shape);
      return {
        async run(lhs, options) {
          // The right answer first: it brings all checks with it.
          const right = (await bound.run(lhs, options)) as Tensor;
          const wrong = await fault(convolve, problem, ownCopy(lhs as Tensor, problem.lhs.shape), weights);
          (right.data as Uint8Array).set(wrong.data as Uint8Array);
          return right;
        },
        dispose: () => bound.dispose(),
      };
    },
  }));
}

function ownCopy(tensor: Tensor, shape: readonly number[]): Tensor {
  return { dtype: tensor.dtype, shape, data: tensor.data.slice() };
}

/** `inner` with some methods of its plans replaced. */
export function decorate(inner: Backend, plan: (plan: ConvPlan, problem: ConvProblem) => Partial<ConvPlan>): Backend {
  return {
    name: 'broken',
    info: inner.info,
    async prepare(problem) {
      const made = await inner.prepare(problem);
      return {
        kernel: made.kernel,
        errorBound: made.errorBound,
        bindRhs: (rhs) => made.bindRhs(rhs),
        dispose: () => made.dispose(),
        ...plan(made, problem),
      };
    },
    dispose: () => inner.dispose(),
  };
}

/** `inner` with some methods of what its plans bind replaced. */
export function decorateBound(
  inner: Backend,
  change: (bound: BoundConv, problem: ConvProblem, rhs: Tensor) => Partial<BoundConv>,
): Backend {
  return decorate(inner, (plan, problem) => ({
    async bindRhs(rhs) {
      const bound = await plan.bindRhs(rhs);
      return {
        run: (lhs, options) => bound.run(lhs, options),
        dispose: () => bound.dispose(),
        ...change(bound, problem, rhs as Tensor),
      };
    },
  }));
}
