/** A backend of laxconv, by its module: createBackend, prepare, bindRhs, run. */
import type { Backend, ConvProblem } from '@laxconv/api/backend';
import { CHANNELS, ones, SIZE, TAPS } from '../first-conv.ts';

const PROBLEM: ConvProblem = {
  lhs: { shape: [1, SIZE, SIZE, CHANNELS], dtype: 'float32' },
  rhs: { shape: [TAPS, TAPS, CHANNELS, CHANNELS], dtype: 'float32' },
  out: { shape: [1, SIZE, SIZE, CHANNELS], dtype: 'float32' },
  lhsSpec: [0, 3, 1, 2],
  rhsSpec: [3, 2, 0, 1],
  outSpec: [0, 3, 1, 2],
  windowStrides: [1, 1],
  padding: [
    [1, 1],
    [1, 1],
  ],
  lhsDilation: [1, 1],
  rhsDilation: [1, 1],
  windowReversal: [false, false],
  featureGroupCount: 1,
  batchGroupCount: 1,
  precision: 'default',
  method: 'auto',
};

/** `argument`: JSON of the module's specifier and the options of its createBackend. */
export async function firstConvolution(argument: string): Promise<ArrayLike<number>> {
  const { module, options } = JSON.parse(argument) as { readonly module: string; readonly options?: unknown };
  const { createBackend } = (await import(module)) as { readonly createBackend: (options?: unknown) => Promise<Backend> };
  const backend = await createBackend(options);
  const plan = await backend.prepare(PROBLEM);
  const bound = await plan.bindRhs({ ...PROBLEM.rhs, dtype: 'float32', data: ones(TAPS, TAPS, CHANNELS, CHANNELS) });
  const result = await bound.run({ ...PROBLEM.lhs, dtype: 'float32', data: ones(SIZE, SIZE, CHANNELS) });
  return 'data' in result ? (result.data as Float32Array) : [];
}
