/** `pnpm bench`: times the backends on the cases, each result verified first, and writes a result file. */
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Backend } from '@laxconv/api/backend';
import { messageOf } from './format/message-of.ts';
import { chooseCases } from './cases/choose-cases.ts';
import { readOptions, USAGE, type BenchOptions } from './options.ts';
import { choosePeers } from './peers/table.ts';
import { progressTo } from './progress.ts';
import { benchMarkdown } from './result/markdown.ts';
import type { BenchResult } from './result/result.ts';
import { summaryLines } from './result/summary.ts';
import { checkNames, startBackend } from './runner/backends.ts';
import { hasDevice } from './runner/device-timing.ts';
import { readEnvironment } from './runner/environment.ts';
import { runBench } from './runner/run-bench.ts';
import { startPeers } from './runner/start-peers.ts';

const code = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`bench: ${messageOf(error)}`);
  return 2;
});
// Thread pools of peers would keep the process alive.
process.exit(code);

async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  const { mode, only } = options;
  const cases = chooseCases(mode === 'full', only);
  const output = path.resolve(options.output ?? defaultOutput());
  const signal = interruptSignal();

  const backends: Backend[] = [];
  try {
    for (const name of options.backends) backends.push(await startBackend(name));
    const peers = await peersOf(options, backends);
    backends.push(...peers.backends);
    checkNames(backends);
    const progress = progressTo(process.stderr);
    const result = await runBench({
      cases,
      backends,
      peers: peers.records,
      restart: peers.restart,
      mode,
      environment: await readEnvironment(),
      only,
      signal,
      onStep: progress.step,
      onCase: (soFar) => write(output, soFar),
    });
    progress.end();
    await write(output, result);
    for (const line of summaryLines(result)) console.log(line);
    if (options.summary !== undefined) await appendFile(options.summary, benchMarkdown(result));
    console.log(output);
    return exitCode(result);
  } finally {
    // The results are written; what fails now changes nothing in them.
    await Promise.allSettled(backends.map((backend) => backend.dispose()));
  }
}

async function peersOf({ peers }: BenchOptions, backends: readonly Backend[]): ReturnType<typeof startPeers> {
  const ours = new Set(backends.map((backend) => (hasDevice(backend) ? 'gpu' : 'cpu')));
  return startPeers(peers === null ? [] : choosePeers(peers, ours));
}

function interruptSignal(): AbortSignal {
  const interrupt = new AbortController();
  process.once('SIGINT', () => {
    interrupt.abort();
    console.error('\nbench: interrupted; keeping what is done (once more to stop at once)');
  });
  return interrupt.signal;
}

function defaultOutput(): string {
  const time = new Date().toISOString().replaceAll(/[:.]/g, '-');
  return path.join(import.meta.dirname, '..', 'results', 'local', `${time}.json`);
}

async function write(file: string, result: BenchResult): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(result)}\n`);
}

/** What a peer does wrong is in the result; ours being wrong fails the run. */
function exitCode(result: BenchResult): number {
  if (!result.complete) return 130;
  const peers = new Set(result.peers.map(({ name }) => name));
  const ours = result.cases.flatMap(({ results }) => results).filter(({ backend }) => !peers.has(backend));
  return ours.some(({ status }) => status === 'wrong' || status === 'failed') ? 1 : 0;
}
