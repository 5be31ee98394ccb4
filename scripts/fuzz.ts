/**
 * `pnpm fuzz [--backend wasm|webgpu] [--seed N] [--runs N] [--threads N | --prefer ALGORITHM]`: random convolutions of every dtype on the
 * wasm backend or the webgpu one, or on it with an algorithm of its `plan/choose.ts` taken wherever it can run at all. Results of integers
 * and bool must be the naive backend's, bit by bit; floats must lie within the bound that their plan declares. A failure prints the seed
 * that makes the same problem again: `pnpm fuzz --seed N --runs 1`.
 */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { isLaxconvError, isUnsupportedProblem, type Backend, type Tensor } from '@laxconv/api/backend';
import { checkResult, type CheckedRun } from '@laxconv/conformance';
import { createBackend as createNaive } from '@laxconv/naive';
import { createBackend as createWasm } from '@laxconv/wasm';
import { createBackend as createWebgpu } from '@laxconv/webgpu';
import { PREFERENCES as WASM } from '../packages/wasm/src/variants.test.fixture.ts';
import { PREFERENCES as WEBGPU } from '../packages/webgpu/src/variants.test.fixture.ts';
import { randomRun, type RandomRun } from './fuzz/random-run.ts';

const string = { type: 'string' } as const;
const { values } = parseArgs({
  options: { backend: { type: 'string', default: 'wasm' }, seed: string, runs: string, threads: string, prefer: string },
});
const PREFERENCES = { wasm: WASM, webgpu: WEBGPU };
if (!Object.hasOwn(PREFERENCES, values.backend)) throw new TypeError('--backend is wasm or webgpu');
const first = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const runs = Number(values.runs ?? 20_000);
const threads = Number(values.threads ?? 2);
if (![first, runs, threads].every(Number.isInteger)) throw new TypeError('--seed, --runs and --threads are whole numbers');

/** Throws what is wrong with this run; gives the kernel's name and how near the bound it came. */
async function check(tested: Backend, naive: Backend, { problem, lhs, rhs }: RandomRun): Promise<{ kernel: string; nearness: number }> {
  const [got, plan] = await runOn(tested);
  const { errorBound } = plan;
  if (errorBound.kind !== 'exact') {
    const checked: CheckedRun = checkResult({ problem, lhs, rhs, got, errorBound });
    return { kernel: plan.kernel, nearness: checked.errorOverBound };
  }
  const [expected] = await runOn(naive);
  const [a, b] = [got, expected].map(({ data }) => Buffer.from(data.buffer, data.byteOffset, data.byteLength));
  if (!a.equals(b)) throw new Error(`${plan.kernel} differs from ${naive.name} in byte ${a.findIndex((byte, index) => byte !== b[index])}`);
  return { kernel: plan.kernel, nearness: 0 };

  async function runOn(backend: Backend) {
    const made = await backend.prepare(problem);
    const bound = await made.bindRhs(rhs);
    const result = (await bound.run(lhs)) as Tensor;
    await made.dispose();
    return [result, made] as const;
  }
}

async function started(): Promise<Backend> {
  const { backend, prefer } = values;
  if (prefer === undefined) return backend === 'webgpu' ? createWebgpu() : createWasm({ threads });
  const variants = PREFERENCES[backend === 'webgpu' ? 'webgpu' : 'wasm'];
  const variant = variants.find(({ name }) => name.endsWith(`, ${prefer} preferred`));
  if (variant === undefined) throw new TypeError(`--prefer takes the name of an algorithm: ${variants.map(({ name }) => name).join('; ')}`);
  return variant.createBackend();
}

const tested = await started();
const naive = await createNaive();
const kernels = new Map<string, { count: number; nearness: number }>();
let failures = 0;
let refused = 0;
const how = values.backend === 'webgpu' ? String(tested.info['adapter']) : `${threads} threads`;
console.log(
  `${runs} random problems from seed ${first} on ${values.backend}, ${values.prefer === undefined ? how : `${values.prefer} preferred`}`,
);
for (let seed = first; seed < first + runs; seed++) {
  const run = randomRun(seed);
  try {
    const { kernel, nearness } = await check(tested, naive, run);
    const known = kernels.get(kernel) ?? { count: 0, nearness: 0 };
    kernels.set(kernel, { count: known.count + 1, nearness: Math.max(known.nearness, nearness) });
  } catch (error) {
    if (isUnsupportedProblem(error)) {
      refused++;
      continue;
    }
    failures++;
    const rule = isLaxconvError(error) ? ` (${error.rule})` : '';
    console.log(`seed ${seed}${rule}: ${error instanceof Error ? error.message : String(error)}\n${JSON.stringify(run.problem)}`);
  }
  if ((seed - first + 1) % 2000 === 0) console.log(`${seed - first + 1} problems, ${failures} wrong`);
}
for (const [kernel, { count, nearness }] of [...kernels].toSorted(([a], [b]) => (a < b ? -1 : 1)))
  console.log(`${kernel}: ${count}, error at most ${nearness.toFixed(3)} of its bound`);
console.log(
  `${runs} problems from seed ${first}: ${failures === 0 ? 'no mismatch' : `${failures} wrong`}${refused > 0 ? `, ${refused} refused` : ''}`,
);
await tested.dispose();
process.exitCode = failures === 0 ? 0 : 1;
