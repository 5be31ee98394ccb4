/** The naive backend, with a fault for one dtype: `{ fault, dtype }`. */
import { UnsupportedProblemError, type Backend, type ConvProblem, type Tensor } from '@laxconv/api/backend';
import { createBackend as createNaive } from '@laxconv/naive';

export interface FaultOptions {
  readonly fault?: 'no-start' | 'no-backend' | 'exit-at-start' | 'hang' | 'loop' | 'exit' | 'wrong' | 'refuse';
  readonly dtype?: string;
}

export async function createBackend({ fault, dtype = 'int16' }: FaultOptions = {}): Promise<Backend> {
  if (fault === 'no-start') throw new Error('no adapter <none>');
  if (fault === 'exit-at-start') process.exit(3);
  const naive = await createNaive();
  if (fault === 'no-backend') return { name: 'half' } as unknown as Backend;
  const prepare = async (problem: ConvProblem): ReturnType<Backend['prepare']> => {
    const plan = await naive.prepare(problem);
    if (problem.lhs.dtype !== dtype) return plan;
    if (fault === 'refuse') throw new UnsupportedProblemError('faulty', `no ${dtype} here`, problem);
    if (fault === 'hang') return new Promise(() => undefined);
    if (fault === 'exit') {
      console.error('the last words');
      process.exit(7);
    }
    if (fault === 'loop') loopForever();
    if (fault !== 'wrong') return plan;
    return {
      ...plan,
      kernel: plan.kernel,
      errorBound: plan.errorBound,
      async bindRhs(rhs) {
        const bound = await plan.bindRhs(rhs);
        const run = async (...args: Parameters<typeof bound.run>): Promise<Tensor> => {
          const out = (await bound.run(...args)) as Tensor;
          (out.data as Int16Array)[0] += 1;
          return out;
        };
        return { run, dispose: () => bound.dispose() };
      },
    };
  };
  return { name: 'faulty', info: naive.info, prepare, dispose: () => naive.dispose() };
}

function loopForever(): void {
  for (let turn = 0; ; turn++) if (turn < 0) return;
}
