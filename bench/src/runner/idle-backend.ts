/** A backend that does nothing: every run gives what was computed once. What is timed on it is what stands above a backend. */
import { createBackend } from '@laxconv/naive';
import type { AnyTensor, Backend, BoundConv, RunOptions } from '@laxconv/api/backend';
import type { Task } from '../cases/task-of.ts';

/** Knows the one result of `task`, by the naive backend, so that it can be verified like any other. */
export async function idleBackend({ problem, lhs, rhs }: Task): Promise<Backend> {
  const naive = await createBackend();
  const plan = await naive.prepare(problem);
  const result = (await (await plan.bindRhs(rhs)).run(lhs)) as AnyTensor<'float32'>;
  const { errorBound } = plan;
  await naive.dispose();

  // Into an out the result goes once: whoever verifies finds it there, and what is timed is not the copy.
  const written = new WeakSet<object>();
  const into = ({ out }: RunOptions = {}): AnyTensor => {
    if (out === undefined) return result;
    if (written.has(out)) return out;
    written.add(out);
    (out.data as Float32Array).set(result.data);
    return out;
  };
  const bound = {
    run: (_, options) => Promise.resolve(into(options)),
    runSync: (_, options) => into(options),
    dispose: () => undefined,
  } as BoundConv;
  return {
    name: 'idle',
    info: { nonFinite: 'ieee' },
    prepare: () => Promise.resolve({ kernel: 'idle', errorBound, bindRhs: () => Promise.resolve(bound), dispose: () => undefined }),
    dispose: () => Promise.resolve(),
  };
}
