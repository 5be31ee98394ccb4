/** The documents that have generated parts, as they should be. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../setup/paths.mjs';
import { withBlock } from './blocks.ts';
import { readGoldenIndex } from './golden-index.ts';
import { formatsTable } from './number-formats.ts';
import { coverageTable, differencesTable, familiesTable, oddTable, ourRulesTable, rulesTable } from './semantics-blocks.ts';
import { exampleTable, workedExample } from './worked-example.ts';

export interface Document {
  /** Relative to the repository's root. */
  readonly path: string;
  /** As it is. */
  readonly text: string;
  /** With its generated parts made anew. */
  readonly updated: string;
}

/** Reads the documents and makes their generated parts. */
export async function documents(): Promise<Document[]> {
  const goldens = await readGoldenIndex();
  const semantics = {
    rules: rulesTable(goldens),
    'our rules': ourRulesTable(),
    differences: differencesTable(goldens),
    'odd values': oddTable(goldens),
    families: familiesTable(goldens),
    coverage: coverageTable(goldens),
  };
  const numerics = { formats: formatsTable(), 'worked example': exampleTable(await workedExample()) };
  return Promise.all([document('docs/semantics.md', semantics), document('docs/numerics.md', numerics)]);
}

async function document(path: string, blocks: Readonly<Record<string, string>>): Promise<Document> {
  const text = await readFile(join(ROOT, path), 'utf8');
  const updated = Object.entries(blocks).reduce((result, [name, content]) => withBlock(result, name, content), text);
  return { path, text, updated };
}

/** Writes the documents whose generated parts changed; their paths. */
export async function updateDocuments(): Promise<string[]> {
  const stale = (await documents()).filter(({ text, updated }) => text !== updated);
  for (const { path, updated } of stale) await writeFile(join(ROOT, path), updated);
  return stale.map(({ path }) => path);
}
