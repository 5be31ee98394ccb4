/** The README with its generated parts, from the results in `bench/results/published/`. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readResultFile, type ResultFile } from '../../bench/src/result/read-result-file.ts';
import { withBlock } from '../docs/blocks.ts';
import type { Document } from '../docs/documents.ts';
import { ROOT } from '../setup/paths.mjs';
import { peersBlock, speedBlock } from './readme-blocks.ts';

const SCRIPT = 'scripts/update-readme.ts';
const PUBLISHED = join(ROOT, 'bench', 'results', 'published');

/** Reads the README and makes its generated parts. */
export async function readme(): Promise<Document> {
  const benchmarks = (await published('.')).flatMap(({ kind, result }) => (kind === 'bench' ? [result] : []));
  const peers = (await published('peers')).flatMap(({ kind, result }) => (kind === 'conformance' ? [result] : []));
  const newest = benchmarks.toSorted((a, b) => a.startedAt.localeCompare(b.startedAt)).at(-1);
  if (newest === undefined) throw new Error(`${PUBLISHED} has no benchmark`);
  const path = 'README.md';
  const text = await readFile(join(ROOT, path), 'utf8');
  const blocks = { speed: speedBlock(newest), peers: peersBlock(peers) };
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
