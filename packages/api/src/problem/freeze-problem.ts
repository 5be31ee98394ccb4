/** Problems as they are handed to backends: frozen, and only those that have something to compute. */
import { sizeOf } from '../tensor/tensor.ts';
import { checkProblem } from './check-problem.ts';
import type { ConvProblem, TensorSpec } from './problem.ts';

/**
 * A deeply frozen copy of `problem`, whose members are what their types say and agree with each other.
 *
 * @param problem What the caller of `prepare` gave.
 * @param op Who freezes, for the error's text.
 * @throws `LaxconvTypeError` (`backend/problem`) on what is no ConvProblem; it names the member
 * @example
 * const operands = [zeros([4], 'float32'), zeros([2], 'float32')];
 * const [problem] = resolve({ fn: 'numpy.convolve', operands, args: [] });
 * const direct = freezeProblem({ ...problem, method: 'direct' });
 * Object.isFrozen(direct.lhs.shape); // → true
 */
export function freezeProblem(problem: ConvProblem, op = 'prepare'): ConvProblem {
  checkProblem(op, problem);
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
