/** Mistakes about what is refused and how, and about what a plan claims. */
import { zeros, type Backend, type ConvProblem, type ErrorBound, type Tensor } from '@laxconv/api/backend';
import { bound, planned, whole, type Create } from './naive-with.ts';

/** Swallows the refusal of an operand. */
async function leniently(run: () => Promise<Tensor>, problem: ConvProblem): Promise<Tensor> {
  try {
    return await run();
  } catch {
    return zeros(problem.out.shape, problem.out.dtype);
  }
}

export const REFUSAL_FAULTS: Readonly<Record<string, Create>> = {
  'wrong lhs accepted': bound((inner, problem) => ({
    run: (lhs, options) => leniently(() => inner.run(lhs, options) as Promise<Tensor>, problem),
  })),
  'detached lhs accepted': bound((inner, problem) => ({
    async run(lhs, options) {
      const { buffer } = (lhs as Tensor).data;
      return buffer.detached ? zeros(problem.out.shape, problem.out.dtype) : inner.run(lhs, options);
    },
  })),
  'wrong rhs accepted': planned((plan, problem) => ({
    bindRhs: (rhs) => plan.bindRhs(rhs).catch(() => plan.bindRhs(zeros(problem.rhs.shape, problem.rhs.dtype))),
  })),
  'plain Error for a wrong operand': bound((inner) => ({
    async run(lhs, options) {
      try {
        return await inner.run(lhs, options);
      } catch (error) {
        throw new Error(String(error), { cause: error });
      }
    },
  })),
  'throws instead of rejecting': bound((inner) => ({
    run: (lhs, options) => Promise.resolve(inner.runSync?.(lhs as Tensor, options) ?? inner.run(lhs, options)),
  })),
  'unusable after a refused operand': bound((inner) => {
    let broken = false;
    return {
      async run(lhs, options) {
        if (broken) throw new Error('device lost');
        try {
          return await inner.run(lhs, options);
        } catch (error) {
          broken = true;
          throw error;
        }
      },
    };
  }),
  'problem written to': whole((backend) => ({
    async prepare(problem) {
      const plan = await backend.prepare(problem);
      if (!Object.isFrozen(problem)) Object.assign(problem, { method: 'direct' });
      return plan;
    },
  })),
  'refusal as a plain Error': whole((backend) => ({
    async prepare(problem) {
      if (problem.lhsSpec.length > 4) throw new Error('only up to 2 spatial dimensions');
      return backend.prepare(problem);
    },
  })),
  'crash in prepare instead of a refusal': whole((backend) => ({
    async prepare(problem) {
      if (problem.out.dtype !== problem.lhs.dtype) throw new TypeError('undefined is not a function');
      return backend.prepare(problem);
    },
  })),
  'kernel without a name': planned(() => ({ kernel: '' })),
  'bound beyond the cap': planned(() => ({ errorBound: { kind: 'pointwise', c: 100 } })),
  'tile bound at precision highest': planned(() => ({ errorBound: { kind: 'tile', c: 1, tile: [] } })),
  'nonFinite left out': whole(() => ({ info: {} as Backend['info'] })),
  'NaN spreads over the result': bound((inner) => ({
    async run(lhs, options) {
      const result = (await inner.run(lhs, options)) as Tensor;
      const data = result.data as Float32Array;
      if (data.some(Number.isNaN)) data.fill(NaN);
      return result;
    },
  })),
};

/** naive with another claim about its accuracy. */
export function claiming(errorBound: ErrorBound): Create {
  return planned(() => ({ errorBound }));
}
