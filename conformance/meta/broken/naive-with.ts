/** naive with some methods replaced: the frame of the mistakes that break a rule. */
import type { Backend, BoundConv, ConvPlan, ConvProblem, Tensor } from '@laxconv/api/backend';
import { createBackend } from '@laxconv/naive';
import { decorate, decorateBound } from './broken-backend.ts';

/** Makes a broken backend. */
export type Create = () => Promise<Backend>;

/** naive with the methods of its BoundConvs replaced. */
export function bound(change: (bound: BoundConv, problem: ConvProblem, rhs: Tensor) => Partial<BoundConv>): Create {
  return async () => decorateBound(await createBackend(), change);
}

/** naive with the methods of its plans replaced. */
export function planned(change: (plan: ConvPlan, problem: ConvProblem) => Partial<ConvPlan>): Create {
  return async () => decorate(await createBackend(), change);
}

/** naive with its own methods replaced. */
export function whole(change: (backend: Backend) => Partial<Backend>): Create {
  return async () => {
    const backend = await createBackend();
    return { ...backend, ...change(backend) };
  };
}
