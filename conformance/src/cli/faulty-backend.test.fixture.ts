/** The naive backend, with a fault for one dtype: `{ fault, dtype }`. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { UnsupportedProblemError, type Backend, type ConvProblem, type Tensor } from '@laxconv/api/backend';
import { createBackend as createNaive } from '@laxconv/naive';

export interface FaultOptions {
  readonly fault?:
    | 'no-start'
    | 'no-backend'
    | 'exit-at-start'
    | 'odd-info'
    | 'grandchild'
    | 'hang'
    | 'loop'
    | 'beat'
    | 'exit'
    | 'wrong'
    | 'refuse';
  readonly dtype?: string;
  /** `beat`: a file that the loop writes to. */
  readonly file?: string;
}

export async function createBackend({ fault, dtype = 'int16', file = '' }: FaultOptions = {}): Promise<Backend> {
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
    if (fault === 'loop') loopForever(() => undefined);
    if (fault === 'beat') loopForever((turn) => writeFileSync(file, String(turn)));
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
  if (fault === 'grandchild') spawn(process.execPath, ['--eval', 'setTimeout(() => {}, 30_000)'], { stdio: 'inherit' });
  const info = fault === 'odd-info' ? { ...naive.info, adapter: 1n } : naive.info;
  return { name: 'faulty', info, prepare, dispose: () => naive.dispose() };
}

function loopForever(each: (turn: number) => void): void {
  let turn = 0;
  while (turn >= 0) each(turn++);
}
