/** A backend that does nothing: every run gives what was computed once. What is timed on it is what stands above a backend. */
import { createBackend } from '@laxconv/naive';
import type { AnyTensor, Backend, BoundConv } from '@laxconv/api/backend';
import type { Task } from './contender.ts';

/** Knows the one result of `task`, by the naive backend, so that it can be verified like any other. */
export async function idleBackend({ problem, lhs, rhs }: Task): Promise<Backend> {
  const naive = await createBackend();
  const plan = await naive.prepare(problem);
  const result = (await (await plan.bindRhs(rhs)).run(lhs)) as AnyTensor<'float32'>;
  const { errorBound } = plan;
  await naive.dispose();

  const bound = {
    run: (_, { out = result } = {}) => Promise.resolve(out),
    runSync: (_, { out = result } = {}) => out,
    dispose: () => undefined,
  } as BoundConv;
  return {
    name: 'idle',
    info: { nonFinite: 'ieee' },
    prepare: () => Promise.resolve({ kernel: 'idle', errorBound, bindRhs: () => Promise.resolve(bound), dispose: () => undefined }),
    dispose: () => Promise.resolve(),
  };
}
