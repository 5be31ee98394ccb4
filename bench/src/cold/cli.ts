/** `pnpm bench:cold`: from the import to the first small convolution, each time in a fresh process; and what a page would load. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { ConvProblem } from '@laxconv/api/backend';
import { chooseCases } from '../cases/choose-cases.ts';
import { problemOf } from '../cases/task-of.ts';
import { messageOf } from '../format/message-of.ts';
import { coldLines } from '../result/cold-result.ts';
import { DEFAULT_BACKENDS } from '../runner/our-backends.ts';
import { bundleSizes, sizeLines } from './bundle.ts';
import { ourContestant, peerContestants } from './contestants.ts';
import { runCold } from './run-cold.ts';

const USAGE = `pnpm bench:cold [options]

  --backends a,b   our backends by name or module, webgpu:once with { expectedRuns: 1 } (default: ${DEFAULT_BACKENDS.join(',')})
  --peers          beside them tfjs, onnxruntime-web and jax-js, on what ours compute on: CPU or GPU
  --case NAME      the first convolution is that of a bench case, such as layer/3x3-14x14x256-256, of float32 and
                   without the peers on the CPU
                   (default: 3×3 on 8×8, 8 channels to 8)
  --rounds N       starts of each (default: 11)
  --sizes          only what each is bundled into, file by file; nothing is started
  --output FILE    where the result goes (default: bench/results/local/cold.json)
  --help           this text`;

process.exitCode = await main().catch((error: unknown) => {
  console.error(`bench:cold: ${messageOf(error)}`);
  return 2;
});

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      backends: { type: 'string', default: DEFAULT_BACKENDS.join(',') },
      peers: { type: 'boolean', default: false },
      case: { type: 'string' },
      rounds: { type: 'string', default: '11' },
      sizes: { type: 'boolean', default: false },
      output: { type: 'string', default: path.join(import.meta.dirname, '..', '..', 'results', 'local', 'cold.json') },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds is a natural number, not ${values.rounds}`);
  const names = values.backends.split(',').map((name) => name.trim());
  const start = values.case === undefined ? undefined : caseStart(values.case);
  const contestants = [
    ...names.map((name) => ourContestant(name, start?.problem)),
    ...(values.peers ? peerContestants(names, start?.problem) : []),
  ];
  if (values.sizes) {
    for (const { name, program } of contestants) for (const line of sizeLines(name, await bundleSizes(program), program)) console.log(line);
    return 0;
  }
  const result = await runCold({ contestants, rounds, ...(start === undefined ? {} : { caseName: start.caseName }) });
  await mkdir(path.dirname(values.output), { recursive: true });
  await writeFile(values.output, `${JSON.stringify(result)}\n`);
  for (const line of coldLines(result)) console.log(line);
  console.log(values.output);
  return result.results.some(({ isPeer, failure }) => !isPeer && failure !== null) ? 1 : 0;
}

/** The one case that `name` matches, and its convolution, of float32. */
function caseStart(name: string): { readonly caseName: string; readonly problem: ConvProblem } {
  const [found, ...others] = chooseCases(true, name, '--case');
  if (others.length > 0) throw new Error(`--case ${name} is several: ${[found, ...others].map((each) => each.name).join(', ')}`);
  const problem = problemOf(found);
  if (problem.out.dtype !== 'float32') throw new Error(`--case ${name} is of ${problem.out.dtype}: cold starts are of float32`);
  return { caseName: found.name, problem };
}
