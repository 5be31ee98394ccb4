/** A backend of laxconv, by its module: createBackend, prepare, bindRhs, run. */
import type { Backend, ConvProblem } from '@laxconv/api/backend';
import { ones } from '../first-conv.ts';

/** What the module is given. */
export interface BackendStart {
  /** The module's specifier. */
  readonly module: string;
  /** Of its createBackend. */
  readonly options?: object;
  readonly problem: ConvProblem;
}

/** `argument`: JSON of a BackendStart. */
export async function firstConvolution(argument: string): Promise<ArrayLike<number>> {
  const { module, options, problem } = JSON.parse(argument) as BackendStart;
  const { createBackend } = (await import(module)) as { readonly createBackend: (options?: unknown) => Promise<Backend> };
  const backend = await createBackend(options);
  const plan = await backend.prepare(problem);
  const bound = await plan.bindRhs({ ...problem.rhs, dtype: 'float32', data: ones(...problem.rhs.shape) });
  const result = await bound.run({ ...problem.lhs, dtype: 'float32', data: ones(...problem.lhs.shape) });
  return 'data' in result ? (result.data as Float32Array) : [];
}
