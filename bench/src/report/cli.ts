/** Writes the report: one HTML file from the files that other commands wrote, and the notebook, which runs here. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { goldensReader, openGoldens, resultSchema, type RunResult } from '@laxconv/conformance';
import type { z } from 'zod';
import { messageOf } from '../format/message-of.ts';
import { countOf } from '../format/format.ts';
import { runNotebook } from '../notebook/run-notebook.ts';
import { parseBenchResult } from '../result/result.ts';
import { startBackend } from '../runner/backends.ts';
import { readEnvironment } from '../runner/environment.ts';
import { reportPage } from './page.ts';
import { notRunSchema, type ReportData } from './report-data.ts';
import { judge } from './verdict.ts';

const USAGE = `node bench/dist/report/cli.js --output FILE [options]

  --conformance FILE…  JSON of conformance runs
  --bench FILE…        JSON of benchmarks
  --not-run FILE       what was left out, and why
  --goldens DIR        default: the repository's
  --backend NAME       the backend that the notebook runs on (default: naive)
  --output FILE        the HTML file to write

Exit code 0: written, and all right; 1: written, and something is not right; 2: could not be written.`;

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
  const data: ReportData = {
    writtenAt: new Date().toISOString(),
    commit: (await readEnvironment()).commit,
    conformance: await Promise.all(options.conformance.map(readConformance)),
    bench: await Promise.all(options.bench.map(async (file) => parseBenchResult(await readText(file), file))),
    notRun: options.notRun === undefined ? null : checked(notRunSchema, options.notRun, await readText(options.notRun)),
    notebook: await notebookOf(options.backend, options.goldens),
  };
  const page = reportPage(data);
  await mkdir(path.dirname(options.output), { recursive: true });
  await writeFile(options.output, page);
  const { right, headline, problems } = judge(data);
  console.log(`${options.output}: ${(page.length / 1e6).toFixed(1)} MB. ${headline}`);
  for (const problem of problems) console.log(`  ${problem}`);
  return right ? 0 : 1;
}

interface Options {
  readonly conformance: readonly string[];
  readonly bench: readonly string[];
  readonly notRun: string | undefined;
  readonly goldens: string | undefined;
  readonly backend: string;
  readonly output: string | undefined;
  readonly help: boolean;
}

/** `--conformance` and `--bench` take every file up to the next option. */
function readOptions(args: readonly string[]): Options {
  const lists: Readonly<Record<string, string[]>> = { conformance: [], bench: [] };
  const { values, tokens } = parseArgs({
    args: [...args],
    tokens: true,
    allowPositionals: true,
    options: {
      conformance: { type: 'string', multiple: true },
      bench: { type: 'string', multiple: true },
      'not-run': { type: 'string' },
      goldens: { type: 'string' },
      backend: { type: 'string', default: 'naive' },
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
  const { goldens, backend, output, help } = values;
  return { conformance: lists['conformance'], bench: lists['bench'], notRun: values['not-run'], goldens, backend, output, help };
}

async function notebookOf(backendName: string, folder: string | undefined): Promise<ReportData['notebook']> {
  const backend = await startBackend(backendName);
  try {
    const goldens = await openGoldens(await goldensReader(folder));
    const notebook = await runNotebook(backend, goldens);
    console.log(`ran ${countOf(notebook.cells.length, 'cell')} of the notebook on ${notebook.backend}`);
    return notebook;
  } finally {
    await backend.dispose();
  }
}

async function readConformance(file: string): Promise<RunResult> {
  return checked(resultSchema, file, await readText(file));
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new Error(`${file} cannot be read`, { cause });
  }
}

function checked<T>(schema: z.ZodType<T>, file: string, text: string): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file} is not JSON`, { cause });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const { path: where, message } = parsed.error.issues[0];
  throw new Error(`${file} is not what it should be: ${where.map(String).join('.') || 'the file'}: ${message}`);
}
