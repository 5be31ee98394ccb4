/** A case made concrete: its one problem, and the problem's operands. */
import { resolve, type ConvCall } from '@laxconv/api';
import type { ConvProblem, Tensor } from '@laxconv/api/backend';
import type { BenchCase, Part } from './bench-case.ts';
import { operandOf } from './operands.ts';

/** What a contender is to run. */
export interface Task {
  readonly call: ConvCall;
  readonly problem: ConvProblem;
  readonly lhs: Tensor;
  readonly rhs: Tensor;
}

/** In the order in which `resolve` gives a call's convolutions. */
const PARTS: readonly Part[] = ['result', 'lhs gradient', 'rhs gradient'];

/** The convolution that a case times. Throws an Error where the call has none or is more than one. */
export function problemOf({ call, part = 'result' }: BenchCase): ConvProblem {
  const problems = resolve(call);
  const isPullback = call.fn.endsWith('Vjp');
  if (problems.length !== (isPullback ? PARTS.length : 1)) throw new Error('a bench case is one convolution');
  const problem = problems[PARTS.indexOf(part)];
  if (problem === undefined) throw new Error(`${call.fn} has no ${part}`);
  return problem;
}

/** The case's problem with its operands. */
export function taskOf(benchCase: BenchCase): Task {
  const problem = problemOf(benchCase);
  return {
    call: benchCase.call,
    problem,
    lhs: operandOf(problem.lhs, 'uniform', 1),
    rhs: operandOf(problem.rhs, benchCase.weights ?? 'uniform', 2),
  };
}
