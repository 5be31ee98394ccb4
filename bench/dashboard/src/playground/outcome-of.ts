/** What a call comes to: the problem that backends get, an empty result, or the refusal that JAX would raise. */
import { isLaxconvError, laxconvOn, resolve, tensor, type Backend, type ConvProblem, type LaxconvError } from '@laxconv/api';
import { convert } from '@laxconv/api';
import { sizeOf } from '@laxconv/api/backend';
import type { PlaygroundCall } from './call-of.ts';

export type Outcome =
  | { readonly kind: 'problem'; readonly problem: ConvProblem }
  /** `shape` is null where the operands are too large to ask for it. */
  | { readonly kind: 'no sum'; readonly shape: readonly number[] | null }
  | { readonly kind: 'refused'; readonly error: LaxconvError };

/** Elements of the operands up to which an empty result is asked for its shape. */
const MOST_ELEMENTS = 2 ** 22;

/** Never rejects for what the call says. */
export async function outcomeOf(call: PlaygroundCall): Promise<Outcome> {
  try {
    const [problem] = resolve(call);
    return problem === undefined ? { kind: 'no sum', shape: await shapeWithoutProblem(call) } : { kind: 'problem', problem };
  } catch (error) {
    if (isLaxconvError(error)) return { kind: 'refused', error };
    throw error;
  }
}

/** Results without a problem are answered above the backend, so any that refuses everything will do. */
const NO_BACKEND: Backend = {
  name: 'none',
  info: { nonFinite: 'ieee' },
  prepare: () => Promise.reject(new Error('a result without a sum needs no backend')),
  dispose: () => Promise.resolve(),
};

async function shapeWithoutProblem({ operands: [lhs, rhs], args }: PlaygroundCall): Promise<readonly number[] | null> {
  if (sizeOf(lhs.shape) + sizeOf(rhs.shape) > MOST_ELEMENTS) return null;
  const zeros = ({ shape, dtype }: typeof lhs) => convert(tensor(new Float32Array(sizeOf(shape)), [...shape]), dtype);
  const { lax, dispose } = laxconvOn(NO_BACKEND);
  try {
    const conv = lax.convGeneralDilated as (...values: readonly unknown[]) => Promise<{ readonly shape: readonly number[] }>;
    return (await conv(zeros(lhs), zeros(rhs), ...args)).shape;
  } finally {
    await dispose();
  }
}
