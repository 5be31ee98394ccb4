/** The committed pictures are what the notebook draws now; `pnpm pictures` writes them anew. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { goldensReader, openGoldens } from '@laxconv/conformance';
import { createBackend } from '@laxconv/naive';
import { expect, it } from 'vitest';
import type { NotebookCell } from '../notebook/notebook.ts';
import { runNotebook } from '../notebook/run-notebook.ts';
import { picturesOf } from './pictures.ts';

const FOLDER = path.join(import.meta.dirname, '..', '..', '..', 'docs', 'pictures');

it('are current, no more and no fewer, and small', async () => {
  const { cells } = await runNotebook(await createBackend(), await openGoldens(await goldensReader(undefined)));
  const made = picturesOf(cells);
  expect((await readdir(FOLDER)).toSorted()).toEqual([...made.keys()].toSorted());
  let total = 0;
  for (const [name, bytes] of made) {
    const committed = await readFile(path.join(FOLDER, name));
    expect(committed.equals(bytes), `docs/pictures/${name} is what \`pnpm pictures\` writes`).toBe(true);
    total += bytes.length;
  }
  expect(total).toBeLessThan(400_000);
});

it('are not made of a cell that differs from JAX', () => {
  const cell = { check: { status: 'wrong', reason: 'off by one' }, pictures: [] } as unknown as NotebookCell;
  expect(() => picturesOf([cell])).toThrow('cell 1 is not as JAX has it');
});
