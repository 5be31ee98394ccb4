/**
 * Times every algorithm that takes a problem, side by side, on a grid of problems, and counts where the cost model chose a slower one.
 *
 *   pnpm --filter @laxconv/wasm time [--only PART] [--dtype NAME] [--simd128] [--milliseconds N]
 */
import { parseArgs } from 'node:util';
import { resolve, tensor, type ConvCall, type DType } from '@laxconv/api';
import { Lifetime, zeros, type ConvProblem } from '@laxconv/api/backend';
import { lower } from '../src/lower/lower.ts';
import { loadModule } from '../src/module/load.ts';
import { ALGORITHMS } from '../src/plan/choose.ts';
import { Machine } from '../src/program/machine.ts';
import { WasmPlan } from '../src/wasm-plan.ts';
import { GRID } from './time-grid.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    dtype: { type: 'string', default: '' },
    simd128: { type: 'boolean', default: false },
    milliseconds: { type: 'string', default: '60' },
    verbose: { type: 'boolean', default: false },
  },
});

const machine = new Machine(await loadModule(values.simd128 ? 'simd128' : undefined));
const lifetime = new Lifetime('the timing', () => undefined);

function operand(shape: readonly number[], dtype: DType) {
  const count = shape.reduce((product, size) => product * size, 1);
  const data = Array.from({ length: count }, (_, index) => ((index * 7919) % 17) - 8);
  if (dtype === 'complex64' || dtype === 'complex128') {
    const Parts = dtype === 'complex64' ? Float32Array : Float64Array;
    return tensor(Parts.from(data.flatMap((value) => [value, 1])), shape, dtype);
  }
  if (dtype === 'int64' || dtype === 'uint64') return tensor(BigInt64Array.from(data.map(BigInt)), shape, 'int64');
  return tensor(data, undefined, dtype).shape.length === shape.length
    ? tensor(data, undefined, dtype)
    : { ...tensor(data, undefined, dtype), shape };
}

interface Contender {
  readonly kernel: string;
  readonly estimate: number;
  readonly run: () => void;
  readonly samples: number[];
}

async function contenders(problem: ConvProblem): Promise<Contender[]> {
  const lhs = operand(problem.lhs.shape, problem.lhs.dtype);
  const rhs = operand(problem.rhs.shape, problem.rhs.dtype);
  const out = zeros(problem.out.shape, problem.out.dtype);
  const lowered = lower(problem, false);
  const found: Contender[] = [];
  for (const algorithm of ALGORITHMS) {
    const offer = algorithm.consider(lowered, machine.isa);
    if (typeof offer === 'string') continue;
    const plan = new WasmPlan(machine, problem, lifetime, [algorithm]);
    const bound = await plan.bindRhs(rhs);
    if (values.verbose) process.stdout.write(`   ${plan.kernel}: ${plan.reasons.join('; ')}\n`);
    found.push({ kernel: plan.kernel, estimate: offer.cost, run: () => void bound.runSync?.(lhs, { out }), samples: [] });
  }
  return found;
}

function mean(samples: readonly number[]): number {
  return samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
}

/** Microseconds that this thread has computed: others share the processor. */
function now(): number {
  const { user, system } = process.threadCpuUsage();
  return user + system;
}

function wallTime({ run }: Contender): number {
  const start = performance.now();
  for (let index = 0; index < 3; index++) run();
  return ((performance.now() - start) * 1000) / 3;
}

function time(contender: Contender, inner: number): number {
  const start = now();
  for (let index = 0; index < inner; index++) contender.run();
  return (now() - start) / inner;
}

let wrong = 0;
let lost = 0;
let counted = 0;
for (const [name, callOf] of Object.entries(GRID)) {
  for (const dtype of (values.dtype === '' ? ['float32'] : values.dtype.split(',')) as DType[]) {
    if (!name.includes(values.only)) continue;
    const call: ConvCall = callOf(dtype);
    const [problem] = resolve(call);
    const list = await contenders(problem);
    for (const contender of list) for (let index = 0; index < 3; index++) contender.run();
    const inner = Math.max(1, Math.ceil(10000 / Math.min(...list.map((contender) => wallTime(contender)))));
    const until = performance.now() + Number(values.milliseconds) * list.length;
    while (performance.now() < until || list[0].samples.length < 5)
      for (const contender of list) contender.samples.push(time(contender, inner));
    const { geometry, components } = lower(problem, false);
    const flops = 2 * geometry.reductionLength * problem.out.shape.reduce((product, size) => product * size, 1) * components ** 2;
    const timed = list.map((contender) => ({ ...contender, time: mean(contender.samples) }));
    const chosen = timed.reduce((best, next) => (next.estimate < best.estimate ? next : best));
    const fastest = timed.reduce((best, next) => (next.time < best.time ? next : best));
    const isWrong = chosen.time > 1.1 * fastest.time;
    counted++;
    lost += Math.log(chosen.time / fastest.time);
    if (isWrong) wrong++;
    const cells = timed.map(({ kernel, time: us, estimate }) => {
      const mark = kernel === chosen.kernel ? '*' : ' ';
      return `${mark}${kernel.replace('-relaxed', '').padEnd(18)} ${us.toFixed(1).padStart(8)} µs ${(flops / us / 1e3).toFixed(1).padStart(5)} (est ${estimate.toFixed(1)})`;
    });
    process.stdout.write(`${isWrong ? '!' : ' '} ${name.padEnd(34)} ${dtype.padEnd(9)} ${cells.join(' | ')}\n`);
  }
}
process.stdout.write(
  `${counted} problems, ${wrong} more than 10 % slower than the fastest; geometric mean of chosen over fastest ${Math.exp(lost / counted).toFixed(3)}\n`,
);
await lifetime.end();
