/** The README with its generated parts, from the results in `bench/results/published/`. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { conformanceCountsSchema, countsOf, type ConformanceCounts } from '../../bench/src/result/conformance-counts.ts';
import { readResultFile, type ResultFile } from '../../bench/src/result/read-result-file.ts';
import { withBlock } from '../docs/blocks.ts';
import type { Document } from '../docs/documents.ts';
import { ROOT } from '../setup/paths.mjs';
import { BACKENDS } from '../backends.ts';
import { conformanceBlock, peersBlock, speedBlock } from './readme-blocks.ts';

const SCRIPT = 'scripts/update-readme.ts';
const PUBLISHED = join(ROOT, 'bench', 'results', 'published');

/** Reads the README and makes its generated parts. */
export async function readme(): Promise<Document> {
  const benchmarks = (await published('.')).flatMap(({ kind, result }) => (kind === 'bench' ? [result] : []));
  const peers = (await published('peers')).flatMap(({ kind, result }) => (kind === 'conformance' ? [result] : []));
  const newestFirst = benchmarks.toSorted((a, b) => b.startedAt.localeCompare(a.startedAt));
  const cpu = newestFirst.find(({ environment }) => environment.adapter === undefined);
  if (cpu === undefined) throw new Error(`${PUBLISHED} has no benchmark of the processor`);
  const byAdapter = Map.groupBy(newestFirst, ({ environment }) => environment.adapter);
  const gpus = [...byAdapter.values()].map(([newest]) => newest).filter(({ environment }) => environment.adapter !== undefined);
  const counts = await Promise.all(BACKENDS.map(({ name }) => publishedCounts(name)));
  const path = 'README.md';
  const text = await readFile(join(ROOT, path), 'utf8');
  const blocks = {
    conformance: conformanceBlock(counts),
    speed: speedBlock(cpu),
    'speed-gpu': gpus.map(speedBlock).join('\n\n'),
    peers: peersBlock(peers),
  };
  return {
    path,
    text,
    updated: Object.entries(blocks).reduce((result, [name, content]) => withBlock(result, name, content, SCRIPT), text),
  };
}

async function published(folder: string): Promise<ResultFile[]> {
  const names = (await readdir(join(PUBLISHED, folder))).filter((name) => name.endsWith('.json')).toSorted();
  return Promise.all(names.map(async (name) => readResultFile(await readFile(join(PUBLISHED, folder, name), 'utf8'), name)));
}

const countsFile = (backend: string): string => join(PUBLISHED, 'conformance', `${backend}.json`);

async function publishedCounts(backend: string): Promise<ConformanceCounts> {
  return conformanceCountsSchema.parse(JSON.parse(await readFile(countsFile(backend), 'utf8')));
}

/** Publishes the numbers of a run of the whole suite on one of our backends. Throws an Error for any other file. */
export async function publishCounts(file: string): Promise<void> {
  const { kind, result } = readResultFile(await readFile(file, 'utf8'), file);
  if (kind !== 'conformance' || BACKENDS.every(({ name }) => name !== result.backend.name)) {
    throw new Error(`${file} is no conformance run of one of our backends`);
  }
  await writeFile(countsFile(result.backend.name), `${JSON.stringify(countsOf(result), undefined, 2)}\n`);
}
