/** Writes the report: the dashboard with the files in it that other commands wrote, and the notebook's ending, which runs here. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { goldensReader, openGoldens, openSuite } from '@laxconv/conformance';
import { messageOf } from '../format/message-of.ts';
import { countOf } from '../format/format.ts';
import { runNotebook } from '../notebook/run-notebook.ts';
import { embedPacks } from '../pack/embed-packs.ts';
import { packFile } from '../pack/pack-names.ts';
import { makePacks } from '../pack/packs.ts';
import { readResultFile, type ResultFile } from '../result/read-result-file.ts';
import { startBackend } from '../runner/backends.ts';
import { readEnvironment } from '../runner/environment.ts';
import { embedData, embedFile, packJson } from './embed-data.ts';
import { notRunSchema, type FileRole, type NotebookRecord, type NotRunItem } from './page-data.ts';
import { suiteIndex } from './suite-index.ts';
import { judge } from './verdict.ts';

const USAGE = `node bench/dist/report/cli.js --output FILE [options]

  --results FILE…       JSON of conformance runs and of benchmarks; judged
  --history FILE…       JSON of earlier benchmarks: shown, not judged; what cannot be read is named and left out
  --peer-results FILE…  JSON of conformance runs of other libraries: shown beside ours, not judged
  --not-run FILE        what was left out, and why
  --goldens DIR         default: the repository's
  --backend NAME        the backend that the notebook runs on (default: naive)
  --page FILE           the dashboard as it was built (default: bench/dashboard/dist/index.html)
  --packs in|beside     where JAX's values for the live sections go: into the page (default), which then works from a file, or into
                        files beside it, which a served page loads when they are asked for
  --output FILE         the HTML file to write

Exit code 0: written, and all right; 1: written, and something is not right; 2: could not be written.`;

const BUILT_PAGE = path.join(import.meta.dirname, '..', '..', 'dashboard', 'dist', 'index.html');

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`report: ${messageOf(error)}`);
  return 2;
});

async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  if (options.output === undefined) throw new Error('--output FILE is missing');
  const results = await Promise.all(options.results.map(readResult));
  const peers = await Promise.all(options.peerResults.map(readResult));
  const history = await readHistory(options.history);
  const notebook = await notebookOf(options.backend, options.goldens);
  const { tests } = await openSuite(options.goldens);
  const read = await goldensReader(options.goldens);
  const packs = await makePacks(read);
  const suite = suiteIndex(tests);
  const embed = (files: readonly ResultFile[], role: FileRole) => files.map((file) => embedFile(file, role, suite));
  const isInside = options.packs === 'in';
  const page = embedData(embedPacks(await readText(options.page), isInside ? packs : new Map()), {
    writtenAt: new Date().toISOString(),
    commit: (await readEnvironment()).commit,
    notRun: options.notRun === undefined ? null : await readNotRun(options.notRun),
    notebook,
    files: [...embed(results, 'judged'), ...embed(history, 'history'), ...embed(peers, 'peer')],
    suite: packJson(suite),
  });
  await mkdir(path.dirname(options.output), { recursive: true });
  await writeFile(options.output, page);
  if (!isInside) {
    for (const [name, pack] of packs) await writeFile(path.join(path.dirname(options.output), packFile(name)), pack);
  }
  const { right, headline, problems } = judge({
    conformance: results.flatMap(({ kind, result }) => (kind === 'conformance' ? [result] : [])),
    bench: results.flatMap(({ kind, result }) => (kind === 'bench' ? [result] : [])),
    notebook,
  });
  console.log(`${options.output}: ${(page.length / 1e6).toFixed(1)} MB. ${headline}`);
  for (const problem of problems) console.log(`  ${problem}`);
  return right ? 0 : 1;
}

interface Options {
  readonly results: readonly string[];
  readonly history: readonly string[];
  readonly peerResults: readonly string[];
  readonly notRun: string | undefined;
  readonly goldens: string | undefined;
  readonly backend: string;
  readonly page: string;
  readonly packs: 'in' | 'beside';
  readonly output: string | undefined;
  readonly help: boolean;
}

/** Options that take several files take every file up to the next option. */
function readOptions(args: readonly string[]): Options {
  const lists: Readonly<Record<string, string[]>> = { results: [], history: [], 'peer-results': [] };
  const { values, tokens } = parseArgs({
    args: [...args],
    tokens: true,
    allowPositionals: true,
    options: {
      results: { type: 'string', multiple: true },
      history: { type: 'string', multiple: true },
      'peer-results': { type: 'string', multiple: true },
      'not-run': { type: 'string' },
      goldens: { type: 'string' },
      backend: { type: 'string', default: 'naive' },
      page: { type: 'string', default: BUILT_PAGE },
      packs: { type: 'string', default: 'in' },
      output: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  let list: string[] | undefined;
  for (const token of tokens) {
    if (token.kind === 'option') {
      list = Object.hasOwn(lists, token.name) ? lists[token.name] : undefined;
      if (token.value !== undefined) list?.push(token.value);
    } else if (token.kind === 'positional') {
      if (list === undefined) throw new Error(`'${token.value}' belongs to no option`);
      list.push(token.value);
    }
  }
  const { goldens, backend, page, packs, output, help } = values;
  if (packs !== 'in' && packs !== 'beside') throw new Error(`--packs is in or beside, got ${packs}`);
  return {
    results: lists['results'],
    history: lists['history'],
    peerResults: lists['peer-results'],
    notRun: values['not-run'],
    goldens,
    backend,
    page,
    packs,
    output,
    help,
  };
}

async function notebookOf(backendName: string, folder: string | undefined): Promise<NotebookRecord> {
  const started = await startBackend(backendName);
  try {
    const goldens = await openGoldens(await goldensReader(folder));
    const { backend, jax, cells } = await runNotebook(started, goldens);
    console.log(`ran ${countOf(cells.length, 'cell')} of the notebook on ${backend}`);
    return { backend, jax, cells: cells.map(({ number, title, ms, check }) => ({ number, title, ms, check })) };
  } finally {
    await started.dispose();
  }
}

async function readResult(file: string): Promise<ResultFile> {
  return { ...readResultFile(await readText(file), file), name: path.basename(file) };
}

/** Files of an older format, or cut off: no reason to write no page. */
async function readHistory(files: readonly string[]): Promise<ResultFile[]> {
  const read = await Promise.allSettled(files.map(readResult));
  return read.flatMap((outcome) => {
    if (outcome.status === 'fulfilled') return [outcome.value];
    console.error(`report: left out of the history: ${messageOf(outcome.reason)}`);
    return [];
  });
}

async function readNotRun(file: string): Promise<readonly NotRunItem[]> {
  const parsed = notRunSchema.safeParse(JSON.parse(await readText(file)));
  if (parsed.success) return parsed.data;
  throw new Error(`${file} does not say what was not run: ${parsed.error.issues[0].message}`);
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new Error(`${file} cannot be read`, { cause });
  }
}
