/** `pnpm pictures`: runs the notebook and writes its pictures into docs/pictures/. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { goldensReader, openGoldens } from '@laxconv/conformance';
import { createBackend } from '@laxconv/naive';
import { runNotebook } from '../notebook/run-notebook.ts';
import { picturesOf } from './pictures.ts';

const FOLDER = path.join(import.meta.dirname, '..', '..', '..', 'docs', 'pictures');

const { cells } = await runNotebook(await createBackend(), await openGoldens(await goldensReader(undefined)));
await mkdir(FOLDER, { recursive: true });
for (const [name, bytes] of picturesOf(cells)) {
  await writeFile(path.join(FOLDER, name), bytes);
  console.log(`docs/pictures/${name}: ${(bytes.length / 1000).toFixed(1)} kB`);
}
