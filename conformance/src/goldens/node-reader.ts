/** Goldens on disk. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ReadFile } from './goldens.ts';

/** The folder of the goldens that come with this package: the repository's, or the copy in the published package. */
export function defaultGoldensFolder(): string {
  const repository = fileURLToPath(new URL('../../../goldens/', import.meta.url));
  if (existsSync(join(repository, 'manifest.json'))) return repository;
  return fileURLToPath(new URL('../../goldens/', import.meta.url));
}

/** Reads the files of a folder. */
export function readFromFolder(folder: string = defaultGoldensFolder()): ReadFile {
  return (path) => readFile(join(folder, path));
}
