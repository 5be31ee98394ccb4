/** A backend that hangs: the naive one, which never comes back from its hundredth run. */
import { createBackend as createNaive } from '@laxconv/naive';
import type { Backend } from '@laxconv/api/backend';

const LAST = 100;

/** Starts it. */
export async function createBackend(): Promise<Backend> {
  const backend = await createNaive();
  let runs = 0;
  return {
    ...backend,
    name: 'hanging',
    prepare: async (problem) => {
      const plan = await backend.prepare(problem);
      return {
        kernel: plan.kernel,
        errorBound: plan.errorBound,
        dispose: () => plan.dispose(),
        bindRhs: async (rhs) => {
          const bound = await plan.bindRhs(rhs);
          return {
            dispose: () => bound.dispose(),
            run: (lhs, options) => {
              runs++;
              // Nobody changes it: that is the point.
              const hangs = { for: runs >= LAST };
              while (hangs.for);
              return bound.run(lhs, options);
            },
          };
        },
      };
    },
  };
}
