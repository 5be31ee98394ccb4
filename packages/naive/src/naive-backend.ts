/** The naive backend: it runs every problem, always by the same direct loops. Start reading at `convolve.ts`. */
import {
  checkOptions,
  freezeProblem,
  Lifetime,
  sizeOf,
  UnsupportedProblemError,
  type Backend,
  type ConvPlan,
  type ConvProblem,
} from '@laxconv/api/backend';
import { NaivePlan } from './naive-plan.ts';

const NAME = 'naive';

const PREPARE = 'backend naive: prepare';

/**
 * Starts the naive backend. It needs nothing of the platform but JavaScript, computes where it is called, and takes no options.
 *
 * @throws LaxconvError (TypeError, `call/unknown-option`) when options are given
 */
export async function createBackend(options: Readonly<Record<string, never>> = {}): Promise<Backend> {
  checkOptions('backend naive: createBackend', options, []);
  const lifetime = new Lifetime('the naive backend', () => undefined);
  return {
    name: NAME,
    info: Object.freeze({ nonFinite: 'ieee', isa: 'javascript', threads: 1 }),
    prepare: async (problem) => {
      lifetime.check(PREPARE);
      return prepare(problem, lifetime);
    },
    dispose: () => lifetime.end(),
  };
}

function prepare(given: ConvProblem, lifetime: Lifetime): ConvPlan {
  const problem = freezeProblem(given, PREPARE);
  for (const { shape } of [problem.lhs, problem.rhs, problem.out]) {
    if (sizeOf(shape) < 2 ** 31) continue;
    throw new UnsupportedProblemError(NAME, `it counts elements in 32 bits, and a tensor has shape [${shape.join(', ')}]`, problem);
  }
  return new NaivePlan(problem, new Lifetime('the plan', () => undefined, lifetime));
}
