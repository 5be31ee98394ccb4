/** What a library weighs on the wire: gzip of each file that a page loads, as it is published. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

export interface FileSize {
  readonly file: string;
  readonly gzip: number;
}

/** What belongs to a module: the published files (no tests, maps or types) of its folder where that is a build's, else itself alone. */
export async function builtFiles(module: string): Promise<readonly string[]> {
  const folder = path.dirname(module);
  if (path.basename(folder) !== 'dist') return [module];
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => /\.(js|wasm)$/.test(name) && !name.includes('.test')).map((name) => path.join(folder, name));
}

/** Each file by itself, as a server sends it. */
export async function gzipSizes(files: readonly string[]): Promise<readonly FileSize[]> {
  const sizes: FileSize[] = [];
  for (const file of files) {
    sizes.push({ file: path.basename(file), gzip: (await promisify(gzip)(await readFile(file), { level: 9 })).length });
  }
  return sizes;
}

/** All JavaScript and the largest WASM module: of several builds a page loads one. */
export function onTheWire(sizes: readonly FileSize[]): number {
  const isModule = ({ file }: FileSize): boolean => file.endsWith('.wasm');
  const script = sizes.filter((size) => !isModule(size)).reduce((sum, size) => sum + size.gzip, 0);
  return script + Math.max(0, ...sizes.filter(isModule).map((size) => size.gzip));
}
