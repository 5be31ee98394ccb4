/** `pnpm bench:cold`: from the import to the first small convolution, each time in a fresh process; and what a page would load. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf } from '../format/message-of.ts';
import { coldLines } from '../result/cold-result.ts';
import { DEFAULT_BACKENDS } from '../runner/our-backends.ts';
import { bundleSizes, sizeLines } from './bundle.ts';
import { ourContestant, peerContestants } from './contestants.ts';
import { runCold } from './run-cold.ts';

const USAGE = `pnpm bench:cold [options]

  --backends a,b   our backends by name or module (default: ${DEFAULT_BACKENDS.join(',')})
  --peers          beside them tfjs, onnxruntime-web and jax-js, on what ours compute on: CPU or GPU
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
  const contestants = [...names.map((name) => ourContestant(name)), ...(values.peers ? peerContestants(names) : [])];
  if (values.sizes) {
    for (const { name, program } of contestants) for (const line of sizeLines(name, await bundleSizes(program), program)) console.log(line);
    return 0;
  }
  const result = await runCold({ contestants, rounds });
  await mkdir(path.dirname(values.output), { recursive: true });
  await writeFile(values.output, `${JSON.stringify(result)}\n`);
  for (const line of coldLines(result)) console.log(line);
  console.log(values.output);
  return result.results.some(({ isPeer, failure }) => !isPeer && failure !== null) ? 1 : 0;
}
