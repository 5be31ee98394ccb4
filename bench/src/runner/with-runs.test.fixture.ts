/** A backend whose runs are other ones, for tests: what it prepares and binds is the backend's own. */
import type { Backend, BoundConv, ConvProblem } from '@laxconv/api/backend';

/** `backend` under another name; `runOf` gives the run of a problem that stands in for the backend's. */
export function withRuns(
  backend: Backend,
  name: string,
  runOf: (problem: ConvProblem, run: BoundConv['run']) => BoundConv['run'],
): Backend {
  return {
    ...backend,
    name,
    prepare: async (problem) => {
      const plan = await backend.prepare(problem);
      return {
        kernel: plan.kernel,
        errorBound: plan.errorBound,
        dispose: () => plan.dispose(),
        bindRhs: async (rhs) => {
          const bound = await plan.bindRhs(rhs);
          return { dispose: () => bound.dispose(), run: runOf(problem, (lhs, options) => bound.run(lhs, options)) };
        },
      };
    },
  };
}
