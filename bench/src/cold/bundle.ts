/** What a page would load of a library: a program of a few lines that uses it, bundled and minified as an application is, by vite. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build, type Plugin } from 'vite';
import { formatNumber } from '../format/format.ts';

/** A program to be bundled. */
export interface Program {
  /** Where its imports are resolved. */
  readonly folder: string;
  readonly code: string;
  /** Names of emitted or copied files of which a page loads one: builds for engines of more or fewer abilities. */
  readonly oneOf?: RegExp;
  /** Files that the library fetches by itself, so that a page has copies of them: no bundler knows. */
  readonly copies?: readonly string[];
}

export interface FileSize {
  readonly file: string;
  readonly gzip: number;
}

const ENTRY = 'virtual:program';

/** The files that the program becomes, binaries too, with their sizes as a server sends each. */
export async function bundleSizes({ folder, code, copies = [] }: Program): Promise<readonly FileSize[]> {
  const built = await build({
    root: folder,
    configFile: false,
    logLevel: 'silent',
    plugins: [entry(code)],
    build: {
      write: false,
      target: 'esnext',
      // A binary is a file of its own, however small.
      assetsInlineLimit: 0,
      modulePreload: false,
      rolldownOptions: { input: ENTRY },
    },
  });
  if (Array.isArray(built) || !('output' in built)) throw new Error('vite gave no single bundle');
  const emitted = built.output.map((file) => ({ name: file.fileName, content: file.type === 'chunk' ? file.code : file.source }));
  const copied = await Promise.all(copies.map(async (file) => ({ name: file, content: await readFile(file) })));
  return Promise.all(
    [...emitted, ...copied].map(async ({ name, content }) => ({ file: path.basename(name), gzip: await gzipSize(content) })),
  );
}

/** All of them; of those that `oneOf` matches the largest. */
export function onTheWire(sizes: readonly FileSize[], oneOf?: RegExp): number {
  const isAlternative = ({ file }: FileSize): boolean => oneOf?.test(file) ?? false;
  const always = sizes.filter((size) => !isAlternative(size)).reduce((sum, size) => sum + size.gzip, 0);
  return always + Math.max(0, ...sizes.filter(isAlternative).map((size) => size.gzip));
}

/** The sum, and every file below it. */
export function sizeLines(name: string, sizes: readonly FileSize[], { oneOf }: Pick<Program, 'oneOf'>): string[] {
  const kilobytes = (bytes: number): string => `${formatNumber(bytes / 1000)} kB`;
  const files = sizes.map(({ file, gzip: bytes }) => `  ${file}: ${kilobytes(bytes)}${oneOf?.test(file) === true ? ', one of these' : ''}`);
  return [`${name}: ${kilobytes(onTheWire(sizes, oneOf))}`, ...files];
}

function entry(code: string): Plugin {
  return { name: 'entry', resolveId: (id) => (id === ENTRY ? id : undefined), load: (id) => (id === ENTRY ? code : undefined) };
}

async function gzipSize(content: string | Uint8Array): Promise<number> {
  return (await promisify(gzip)(content, { level: 9 })).length;
}
