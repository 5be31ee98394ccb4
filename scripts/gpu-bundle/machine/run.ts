/** What `run.sh` starts: adapter, suite, benchmark, closing line. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import type { BenchResult } from '../../../bench/src/index.ts';
import type { RunResult } from '../../../conformance/src/report/result.ts';
import { benchCommand, FILES, suiteCommand } from './commands.ts';
import { adapterLine, findJax, readAdapter, readNvidia, type JaxFound } from './machine.ts';
import { readOptions, USAGE, type RunOptions } from './options.ts';
import { closingLine, tallyBench, tallySuite, type Tally } from './tally.ts';

const PEERS = ['tfjs-webgpu', 'ort-webgpu', 'jax-js-webgpu'];
const NO_ADAPTER =
  'there is no GPU to compute on. In a container, NVIDIA_DRIVER_CAPABILITIES must name graphics for Vulkan; --software takes the CPU:';
/** Of this program, where something could not run. */
const COULD_NOT_RUN = 2;

function say(what: string): void {
  console.log(`laxconv: ${what}`);
}

/** Runs a command of ours in the bundle's folder; gives its exit code. */
function start(what: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): number {
  say(what);
  const { status, error } = spawnSync(process.execPath, args, { cwd: import.meta.dirname, env, stdio: 'inherit' });
  if (error !== undefined) console.error(`laxconv: ${error.message}`);
  return status ?? COULD_NOT_RUN;
}

/** What a result file comes to; where none was written, one that has failed. */
function tallyOf(file: string, tally: (result: unknown) => Tally): Tally {
  if (!existsSync(file)) return { passed: 0, failed: 1, refused: 0 };
  return tally(JSON.parse(readFileSync(file, 'utf8')));
}

function bench(options: RunOptions, results: string, jax: JaxFound): number {
  const found = 'python' in jax;
  say(found ? `timing ${jax.device} too` : `JAX is not timed: ${jax.missing}`);
  const env = found ? { ...process.env, LAXCONV_PYTHON: jax.python } : process.env;
  return start('timing the webgpu backend and its peers', benchCommand(options, results, found ? [...PEERS, 'jax-gpu'] : PEERS), env);
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  const results = resolve(options.results);
  mkdirSync(results, { recursive: true });
  // Those of an earlier run must not be taken for this one's.
  for (const file of Object.values(FILES)) rmSync(join(results, file), { force: true });
  const adapter = await readAdapter(options.software).catch((error: unknown) => {
    console.error(`laxconv: ${NO_ADAPTER}`);
    throw error;
  });
  say(`the adapter is ${adapterLine(adapter)}`);
  const jax = findJax();
  const { commit } = JSON.parse(readFileSync(join(import.meta.dirname, 'package.json'), 'utf8')) as { readonly commit: string | null };
  const machine = { started: new Date().toISOString(), commit, node: process.version, options, adapter, nvidia: readNvidia(), jax };
  writeFileSync(join(results, FILES.machine), `${JSON.stringify(machine, undefined, 1)}\n`);

  const codes = [start('holding the webgpu backend to the goldens', suiteCommand(options, results)), bench(options, results, jax)];
  say(`the results are in ${results}`);
  const tallies = [
    tallyOf(join(results, FILES.suite), (result) => tallySuite(result as RunResult)),
    tallyOf(join(results, FILES.bench), (result) => tallyBench(result as BenchResult)),
  ];
  console.log(closingLine(tallies));
  return Math.max(...codes);
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`laxconv: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = COULD_NOT_RUN;
}
