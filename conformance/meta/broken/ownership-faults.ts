/** Mistakes about whose memory is whose: operands written to, results shared, data read late or from the wrong place. */
import { allocate, sizeOf, zeros, type BoundConv, type Tensor } from '@laxconv/api/backend';
import { viewOf } from '../../src/families/contract/memory.ts';
import { bound, planned, type Create } from './naive-with.ts';

const right = (bound_: BoundConv, lhs: Tensor): Promise<Tensor> => bound_.run(lhs) as Promise<Tensor>;

function overwrite(tensor: Tensor): void {
  new Uint8Array(tensor.data.buffer, tensor.data.byteOffset, tensor.data.byteLength).fill(0);
}

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export const OWNERSHIP_FAULTS: Readonly<Record<string, Create>> = {
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
};
