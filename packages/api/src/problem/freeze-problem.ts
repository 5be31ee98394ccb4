/** Problems as they are handed to backends: frozen, and only those that have something to compute. */
import { refuse } from '../errors.ts';
import { describe } from '../tensor/describe.ts';
import { isDType } from '../tensor/dtype.ts';
import { sizeOf } from '../tensor/tensor.ts';
import type { ConvProblem, TensorSpec } from './problem.ts';

/**
 * A deeply frozen copy of `problem`. Each member is what its type says; whether they agree with each other is not looked at.
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
  check(op, 'problem', problem, isObject(problem), 'a ConvProblem');
  for (const [name, { is, what }] of Object.entries(MEMBERS)) {
    const member: unknown = problem[name as keyof ConvProblem];
    check(op, `problem.${name}`, member, is(member), what);
  }
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

/** What a member must be, and in words. */
interface Member {
  readonly is: (value: unknown) => boolean;
  readonly what: string;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isEach = (value: unknown, is: (element: unknown) => boolean): boolean => Array.isArray(value) && value.every(is);
const integers: Member = { is: (value) => isEach(value, Number.isSafeInteger), what: 'a list of integers' };
const count: Member = { is: Number.isSafeInteger, what: 'an integer' };
const name: Member = { is: (value) => typeof value === 'string', what: 'a name' };
const spec: Member = {
  is: (value) => isObject(value) && 'shape' in value && integers.is(value.shape) && 'dtype' in value && isDType(value.dtype),
  what: 'a shape and a dtype',
};

const MEMBERS: Readonly<Record<keyof ConvProblem, Member>> = {
  lhs: spec,
  rhs: spec,
  out: spec,
  lhsSpec: integers,
  rhsSpec: integers,
  outSpec: integers,
  windowStrides: integers,
  padding: {
    is: (value) => isEach(value, (pair) => integers.is(pair) && (pair as unknown[]).length === 2),
    what: 'a list of pairs of integers',
  },
  lhsDilation: integers,
  rhsDilation: integers,
  windowReversal: { is: (value) => isEach(value, (each) => typeof each === 'boolean'), what: 'a list of booleans' },
  featureGroupCount: count,
  batchGroupCount: count,
  precision: name,
  method: name,
};

function check(op: string, argument: string, value: unknown, isRight: boolean, what: string): void {
  if (isRight) return;
  throw refuse('backend/problem', `${argument} must be ${what}, got ${describe(value)}`, { op, argument, values: { [argument]: value } });
}
