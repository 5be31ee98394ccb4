/** Problems as they are handed to backends: frozen, and only those that have something to compute. */
import { refuse } from '../errors.ts';
import { describe } from '../tensor/describe.ts';
import { sizeOf } from '../tensor/tensor.ts';
import type { ConvProblem, TensorSpec } from './problem.ts';

/**
 * A deeply frozen copy of `problem`. Whether its members agree with each other is not looked at.
 *
 * @throws `LaxconvTypeError` (`backend/problem`) on what is no ConvProblem
 * @example
 * const operands = [zeros([4], 'float32'), zeros([2], 'float32')];
 * const [problem] = resolve({ fn: 'numpy.convolve', operands, args: [] });
 * const direct = freezeProblem({ ...problem, method: 'direct' });
 * Object.isFrozen(direct.lhs.shape); // → true
 */
export function freezeProblem(problem: ConvProblem): ConvProblem {
  try {
    return frozen(problem);
  } catch (cause) {
    throw refuse('backend/problem', `a problem must be a ConvProblem, got ${describe(problem)}`, {
      op: 'prepare',
      argument: 'problem',
      values: { problem },
      cause,
    });
  }
}

function frozen(problem: ConvProblem): ConvProblem {
  const spec = ({ shape, dtype }: TensorSpec): TensorSpec => Object.freeze({ shape: Object.freeze([...shape]), dtype });
  return Object.freeze({
    lhs: spec(problem.lhs),
    rhs: spec(problem.rhs),
    out: spec(problem.out),
    lhsSpec: Object.freeze([...problem.lhsSpec]),
    rhsSpec: Object.freeze([...problem.rhsSpec]),
    outSpec: Object.freeze([...problem.outSpec]),
    windowStrides: Object.freeze([...problem.windowStrides]),
    padding: Object.freeze(problem.padding.map(([lo, hi]) => Object.freeze([lo, hi] as const))),
    lhsDilation: Object.freeze([...problem.lhsDilation]),
    rhsDilation: Object.freeze([...problem.rhsDilation]),
    windowReversal: Object.freeze([...problem.windowReversal]),
    featureGroupCount: problem.featureGroupCount,
    batchGroupCount: problem.batchGroupCount,
    precision: problem.precision,
    method: problem.method,
  });
}

/** The problem, frozen; null where an operand or the result has no element: backends see sizes of at least 1 only. */
export function frozenUnlessEmpty(problem: ConvProblem): ConvProblem | null {
  const isEmpty = [problem.lhs, problem.rhs, problem.out].some(({ shape }) => sizeOf(shape) === 0);
  return isEmpty ? null : freezeProblem(problem);
}
