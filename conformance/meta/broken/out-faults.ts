/** Mistakes about `out`, and about the form of results. */
import { sizeOf, zeros, type Tensor } from '@laxconv/api/backend';
import { bound, type Create } from './naive-with.ts';

function overwrite(tensor: Tensor): void {
  new Uint8Array(tensor.data.buffer, tensor.data.byteOffset, tensor.data.byteLength).fill(0);
}

export const OUT_FAULTS: Readonly<Record<string, Create>> = {
  'a byte behind out written': bound((inner) => ({
    async run(lhs, options) {
      const result = (await inner.run(lhs, options)) as Tensor;
      const { buffer, byteOffset, byteLength } = result.data;
      if (byteOffset + byteLength < buffer.byteLength) new Uint8Array(buffer)[byteOffset + byteLength] = 0;
      return result;
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
};
