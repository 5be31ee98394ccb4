/** Mistakes about time: disposal, runs in flight, plans and caches that live too long. */
import { type ConvPlan, type ConvProblem } from '@laxconv/api/backend';
import { createBackend } from '@laxconv/naive';
import { bound, planned, whole, type Create } from './naive-with.ts';

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export const LIFETIME_FAULTS: Readonly<Record<string, Create>> = {
  'BoundConv runs after dispose': bound((inner) => ({ run: (lhs, options) => inner.run(lhs, options), dispose: () => {} })),
  'dispose not idempotent': planned((plan) => {
    let disposed = false;
    return {
      dispose() {
        if (disposed) throw new Error('double free');
        disposed = true;
        return plan.dispose();
      },
    };
  }),
  'plan binds after dispose': planned(() => ({ dispose: () => {} })),
  'dispose of one BoundConv kills its plan': planned((plan) => ({
    async bindRhs(rhs) {
      const made = await plan.bindRhs(rhs);
      return { run: (lhs, options) => made.run(lhs, options), dispose: () => plan.dispose() };
    },
  })),
  'backend prepares after dispose': whole(() => ({ dispose: () => Promise.resolve() })),
  'backend dispose not idempotent': whole((backend) => {
    let disposed = false;
    return {
      async dispose() {
        if (disposed) throw new Error('disposed of twice');
        disposed = true;
        await backend.dispose();
      },
    };
  }),
  'runs in flight die with their backend': bound((inner) => ({
    async run(lhs, options) {
      await tick();
      return inner.run(lhs, options);
    },
  })),
  'plans shared by problems': whole((backend) => {
    const plans = new Map<string, Promise<ConvPlan>>();
    return {
      prepare(problem) {
        const key = JSON.stringify(problem);
        const plan = plans.get(key) ?? backend.prepare(problem);
        plans.set(key, plan);
        return plan;
      },
    };
  }),
  'backends share their fate': (() => {
    let disposed = false;
    return async () => {
      disposed = false;
      const backend = await createBackend();
      return {
        ...backend,
        async prepare(problem) {
          if (disposed) await backend.dispose();
          return backend.prepare(problem);
        },
        async dispose() {
          disposed = true;
          await backend.dispose();
        },
      };
    };
  })(),
};

/** Waits for what never comes. */
export const HANGS: Create = bound(() => ({ run: () => new Promise(() => {}) }));

/** A cache of plans inside the backend, whose key forgets one field. */
export function forgetfulCache(field: string): Create {
  return async () => {
    const backend = await createBackend();
    const plans = new Map<string, ConvProblem>();
    return {
      ...backend,
      prepare(problem) {
        // Shapes stay in the key: a result of another size would be noticed anyway.
        const shapes = [problem.lhs.shape, problem.rhs.shape, problem.out.shape];
        const key = JSON.stringify([shapes, Object.entries(problem).filter(([name]) => name !== field)]);
        const first = plans.get(key) ?? problem;
        plans.set(key, first);
        return backend.prepare(first);
      },
    };
  };
}
