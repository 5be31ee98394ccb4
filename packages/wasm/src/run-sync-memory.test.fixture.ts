/** Prints the bytes of JavaScript memory that a synchronous run takes, on the backend and through a prepared convolution. A program of its own, for its flags. */
import { laxconvOn, resolve, tensor } from '@laxconv/api';
import { createBackend } from './index.ts';

const RUNS = 100_000;

declare const gc: () => void;

const lhs = tensor(new Float32Array(512).fill(1), [1, 8, 8, 8]);
const rhs = tensor(new Float32Array(576).fill(1), [3, 3, 8, 8]);
const options = { out: tensor(new Float32Array(512), [1, 8, 8, 8]) };
const layout = { dimensionNumbers: ['NHWC', 'HWIO', 'NHWC'] } as const;

function bytesOfRun(run: () => void): number {
  for (let index = 0; index < 20_000; index++) run();
  gc();
  const before = process.memoryUsage().heapUsed;
  for (let index = 0; index < RUNS; index++) run();
  return (process.memoryUsage().heapUsed - before) / RUNS;
}

const backend = await createBackend({ threads: 1 });
const [problem] = resolve({ fn: 'lax.convGeneralDilated', operands: [lhs, rhs], args: [[1, 1], 'SAME', layout] });
const bound = await (await backend.prepare(problem)).bindRhs(rhs);
const prepared = await laxconvOn(backend).lax.prepareConvGeneralDilated(lhs, rhs, [1, 1], 'SAME', layout);
const figures = { backend: bytesOfRun(() => bound.runSync?.(lhs, options)), prepared: bytesOfRun(() => prepared.runSync(lhs, options)) };
process.stdout.write(`${JSON.stringify(figures)}\n`);
