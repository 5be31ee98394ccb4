/** Mistakes beside the numbers: ownership, lifetimes, concurrency, refusals. */
import {
  allocate,
  sizeOf,
  zeros,
  type Backend,
  type BoundConv,
  type ConvPlan,
  type ConvProblem,
  type ErrorBound,
  type Tensor,
} from '@laxconv/api/backend';
import { createBackend } from '@laxconv/naive';
import { viewOf } from '../../src/families/contract/memory.ts';
import { decorate, decorateBound } from './broken-backend.ts';

type Create = () => Promise<Backend>;

/** naive with the methods of its BoundConvs replaced. */
function bound(change: (bound: BoundConv, problem: ConvProblem, rhs: Tensor) => Partial<BoundConv>): Create {
  return async () => decorateBound(await createBackend(), change);
}

/** naive with the methods of its plans replaced. */
function planned(change: (plan: ConvPlan, problem: ConvProblem) => Partial<ConvPlan>): Create {
  return async () => decorate(await createBackend(), change);
}

/** naive with its own methods replaced. */
function whole(change: (backend: Backend) => Partial<Backend>): Create {
  return async () => {
    const backend = await createBackend();
    return { ...backend, ...change(backend) };
  };
}

const right = (bound_: BoundConv, lhs: Tensor): Promise<Tensor> => bound_.run(lhs) as Promise<Tensor>;

function overwrite(tensor: Tensor): void {
  new Uint8Array(tensor.data.buffer, tensor.data.byteOffset, tensor.data.byteLength).fill(0);
}

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Swallows the refusal of an operand. */
async function leniently(run: () => Promise<Tensor>, problem: ConvProblem): Promise<Tensor> {
  try {
    return await run();
  } catch {
    return zeros(problem.out.shape, problem.out.dtype);
  }
}

export const RULE_FAULTS: Readonly<Record<string, Create>> = {
  'lhs overwritten': bound((inner) => ({
    async run(lhs, options) {
      const result = await inner.run(lhs, options);
      overwrite(lhs as Tensor);
      return result;
    },
  })),
  'rhs overwritten while packing': planned((plan) => ({
    async bindRhs(rhs) {
      const made = await plan.bindRhs(rhs);
      overwrite(rhs as Tensor);
      return made;
    },
  })),
  'a byte behind out written': bound((inner) => ({
    async run(lhs, options) {
      const result = (await inner.run(lhs, options)) as Tensor;
      const { buffer, byteOffset, byteLength } = result.data;
      if (byteOffset + byteLength < buffer.byteLength) new Uint8Array(buffer)[byteOffset + byteLength] = 0;
      return result;
    },
  })),
  'result in the memory of lhs': bound((inner, problem) => ({
    async run(lhs, options) {
      const result = (await inner.run(lhs, options)) as Tensor;
      if (options?.out !== undefined || lhs.dtype !== problem.out.dtype || sizeOf(lhs.shape) < sizeOf(problem.out.shape)) return result;
      const { data } = lhs as Tensor;
      (data as Uint8Array).set(result.data as Uint8Array);
      return { ...result, data: data.subarray(0, result.data.length) };
    },
  })),
  'one result buffer for all runs': bound((inner, problem) => {
    const shared = zeros(problem.out.shape, problem.out.dtype);
    return { run: (lhs, options) => inner.run(lhs, { out: options?.out ?? shared }) };
  }),
  'result in shared memory': bound((inner) => ({
    async run(lhs, options) {
      const result = (await inner.run(lhs, options)) as Tensor;
      if (options?.out !== undefined) return result;
      const data = viewOf(result.dtype, new SharedArrayBuffer(result.data.byteLength), 0, result.data.length);
      (data as Uint8Array).set(result.data as Uint8Array);
      return { ...result, data: data as Tensor['data'] };
    },
  })),
  'result of the first run again': bound((inner) => {
    let first: Promise<Tensor> | undefined;
    return {
      async run(lhs, options) {
        const current = (await inner.run(lhs, options)) as Tensor;
        first ??= Promise.resolve({ ...current, data: current.data.slice() });
        (current.data as Uint8Array).set((await first).data as Uint8Array);
        return current;
      },
    };
  }),
  'lhs remembered by its object': bound((inner) => {
    const seen = new WeakMap<object, Tensor>();
    return {
      async run(lhs, options) {
        const known = seen.get(lhs);
        const result = (await inner.run(known ?? lhs, options)) as Tensor;
        if (known === undefined) seen.set(lhs, { ...(lhs as Tensor), data: (lhs as Tensor).data.slice() });
        return result;
      },
    };
  }),
  'rhs read at the first run': planned((plan) => ({
    async bindRhs(rhs) {
      const early = await plan.bindRhs(rhs);
      let late: Promise<BoundConv> | undefined;
      return {
        async run(lhs, options) {
          late ??= plan.bindRhs(rhs);
          await early.run(lhs);
          return (await late).run(lhs, options);
        },
        dispose: () => early.dispose(),
      };
    },
  })),
  'weights kept by the plan': planned((plan) => {
    let latest: BoundConv | undefined;
    return {
      async bindRhs(rhs) {
        const made = await plan.bindRhs(rhs);
        latest = await plan.bindRhs(rhs);
        return {
          async run(lhs, options) {
            await made.run(lhs);
            return (latest ?? made).run(lhs, options);
          },
          dispose: () => made.dispose(),
        };
      },
    };
  }),
  'scratch shared by concurrent runs': bound((inner, problem) => {
    const scratch: Tensor = { ...problem.lhs, data: allocate(problem.lhs.dtype, sizeOf(problem.lhs.shape)) };
    return {
      async run(lhs, options) {
        const result = await inner.run(lhs, options);
        (scratch.data as Uint8Array).set((lhs as Tensor).data as Uint8Array);
        await tick();
        return inner.run(scratch, { out: result as Tensor }).catch(() => result);
      },
    };
  }),
  'byteOffset ignored': bound((inner, problem) => ({
    async run(lhs, options) {
      const result = (await inner.run(lhs, options)) as Tensor;
      const { data } = lhs as Tensor;
      const start = viewOf(problem.lhs.dtype, data.buffer, 0, data.length) as Tensor['data'];
      (result.data as Uint8Array).set((await right(inner, { ...problem.lhs, data: start })).data as Uint8Array);
      return result;
    },
  })),
  'SharedArrayBuffer refused': bound((inner) => ({
    async run(lhs, options) {
      if (!((lhs as Tensor).data.buffer instanceof ArrayBuffer)) throw new TypeError('not an ArrayBuffer');
      return inner.run(lhs, options);
    },
  })),
  'label [n] refused': bound((inner, problem) => ({
    async run(lhs, options) {
      if (lhs.shape.length !== problem.lhs.shape.length) throw new TypeError('wrong rank');
      return inner.run(lhs, options);
    },
  })),
  'out ignored': bound((inner) => ({ run: (lhs) => inner.run(lhs) })),
  'out filled but a copy returned': bound((inner) => ({
    async run(lhs, options) {
      const result = (await inner.run(lhs, options)) as Tensor;
      return { ...result, data: result.data.slice() };
    },
  })),
  'out added to': bound((inner, problem) => ({
    async run(lhs, options) {
      const before = options?.out === undefined ? undefined : (options.out.data.slice() as Uint8Array);
      const result = (await inner.run(lhs, options)) as Tensor;
      if (before === undefined || problem.out.dtype === 'bool') return result;
      const data = result.data as Float32Array;
      for (let index = 0; index < data.length; index++) data[index] += before[index];
      return result;
    },
  })),
  'overlap of out and lhs unchecked': bound((inner) => ({
    async run(lhs, options) {
      if (options?.out === undefined) return inner.run(lhs);
      const { out } = options;
      const result = (await inner.run({ ...(lhs as Tensor), data: (lhs as Tensor).data.slice() })) as Tensor;
      await inner.run({ ...(lhs as Tensor), data: (lhs as Tensor).data.slice() }, { out });
      (out.data as Uint8Array).set(result.data as Uint8Array);
      return out;
    },
  })),
  'wrong out accepted': bound((inner, problem) => ({
    async run(lhs, options) {
      const out = options?.out;
      const fits =
        out === undefined || (out.dtype === problem.out.dtype && out.data.length === zeros(problem.out.shape, out.dtype).data.length);
      return inner.run(lhs, fits ? options : undefined);
    },
  })),
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
  'wrong out dtype': bound((inner) => ({
    async run(lhs, options) {
      const result = (await inner.run(lhs, options)) as Tensor;
      return options?.out === undefined ? { ...result, dtype: 'float64', data: Float64Array.from(result.data as Float32Array) } : result;
    },
  })),
  'result without its shape': bound((inner) => ({
    async run(lhs, options) {
      const result = (await inner.run(lhs, options)) as Tensor;
      return options?.out === undefined ? { ...result, shape: [sizeOf(result.shape)] } : result;
    },
  })),
  'runSync differs from run': bound((inner) => ({
    runSync(lhs, options) {
      if (inner.runSync === undefined) throw new Error('naive has runSync');
      const result = inner.runSync(lhs, options);
      overwrite(result);
      return result;
    },
  })),
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
  'run never settles': bound(() => ({ run: () => new Promise(() => {}) })),
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

/** naive with another claim about its accuracy. */
export function claiming(errorBound: ErrorBound): Create {
  return planned(() => ({ errorBound }));
}

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
