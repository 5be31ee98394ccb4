/** `pnpm bench`: times the backends on the cases, each result verified first, and writes a result file. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Backend } from '@laxconv/api/backend';
import { messageOf } from './format/message-of.ts';
import { chooseCases } from './cases/choose-cases.ts';
import { progressTo } from './progress.ts';
import type { BenchResult } from './result/result.ts';
import { summaryLines } from './result/summary.ts';
import { OUR_BACKENDS, startBackend } from './runner/backends.ts';
import { runBench } from './runner/run-bench.ts';

const USAGE = `pnpm bench [options]

  --full              all cases, more and longer rounds (default: the quick ones, under half a minute)
  --only GLOB         the cases that the pattern names, such as 'image/*'
  --backends a,b      backends by name (${OUR_BACKENDS.join(', ')}) or by the path of a module that exports createBackend
  --output FILE       where the result goes (default: bench/results/local/<time>.json)
  --peers             other libraries beside ours; none is registered yet
  --help              this text

Exit code 0: every result right; 1: one was wrong or failed; 2: could not run; 130: interrupted, what was done is kept.`;

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`bench: ${messageOf(error)}`);
  return 2;
});

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      full: { type: 'boolean', default: false },
      only: { type: 'string' },
      backends: { type: 'string', default: OUR_BACKENDS.join(',') },
      output: { type: 'string' },
      peers: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  if (values.peers) throw new Error('--peers: no other library is registered as a peer yet, so there is nothing to compare with');
  const cases = chooseCases(values.full, values.only);
  const output = path.resolve(values.output ?? defaultOutput());

  const interrupt = new AbortController();
  process.once('SIGINT', () => {
    interrupt.abort();
    console.error('\nbench: interrupted; keeping what is done (once more to stop at once)');
  });

  const backends: Backend[] = [];
  try {
    for (const name of values.backends.split(',')) backends.push(await startBackend(name.trim()));
    const progress = progressTo(process.stderr);
    const result = await runBench({
      cases,
      backends,
      mode: values.full ? 'full' : 'quick',
      only: values.only,
      signal: interrupt.signal,
      onStep: progress.step,
      onCase: (soFar) => write(output, soFar),
    });
    progress.end();
    await write(output, result);
    for (const line of summaryLines(result)) console.log(line);
    console.log(output);
    return exitCode(result);
  } finally {
    for (const backend of backends) await backend.dispose();
  }
}

function defaultOutput(): string {
  const time = new Date().toISOString().replaceAll(/[:.]/g, '-');
  return path.join(import.meta.dirname, '..', 'results', 'local', `${time}.json`);
}

async function write(file: string, result: BenchResult): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(result)}\n`);
}

function exitCode(result: BenchResult): number {
  if (!result.complete) return 130;
  const bad = result.cases.flatMap(({ results }) => results).some(({ status }) => status === 'wrong' || status === 'failed');
  return bad ? 1 : 0;
}
