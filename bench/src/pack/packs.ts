/** The packs of goldens that a page can ask for: which files are in which, and what each is called. */
import { gzipSync } from 'node:zlib';
import type { ReadGolden } from '@laxconv/conformance';
import { joinFiles } from './pack.ts';
import { packOf, PACKS, type PackName } from './pack-names.ts';

/** The packs as gzip, made from the files that `read` gives. */
export async function makePacks(read: ReadGolden): Promise<ReadonlyMap<PackName, Uint8Array>> {
  const files = await filesOf(read);
  const made = await Promise.all(
    PACKS.map(async (name) => {
      const own = files.filter((path) => packOf(path) === name);
      const contents = await Promise.all(own.map(async (path) => [path, await read(path)] as const));
      return [name, gzipSync(joinFiles(new Map(contents)), { level: 9 })] as const;
    }),
  );
  return new Map(made);
}

/** All files that opening and reading goldens asks for: the manifest names them. */
async function filesOf(read: ReadGolden): Promise<string[]> {
  const manifest = JSON.parse(new TextDecoder().decode(await read('manifest.json'))) as {
    readonly files: Readonly<Record<string, unknown>>;
    readonly families: Readonly<Record<string, unknown>>;
  };
  return [
    'manifest.json',
    ...Object.keys(manifest.families).map((family) => `cases/${family}.json`),
    ...Object.keys(manifest.files).map((file) => `data/${file}`),
  ];
}
