import { gunzipSync } from 'node:zlib';
import { goldensReader, openGoldens } from '@laxconv/conformance';
import { describe, expect, it } from 'vitest';
import { joinFiles, splitFiles } from './pack.ts';
import { packOf, PACKS } from './pack-names.ts';
import { makePacks } from './packs.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('a pack', () => {
  it('gives back the files that were put in it', () => {
    const files = new Map([
      ['a/é.json', utf8('{}')],
      ['empty', utf8('')],
      ['b.npy', Uint8Array.of(0, 255, 7)],
    ]);
    expect(Array.from(splitFiles(joinFiles(files)), ([path, bytes]) => [path, [...bytes]])).toEqual(
      Array.from(files, ([path, bytes]) => [path, [...bytes]]),
    );
  });

  it('is broken when bytes are missing', () => {
    const pack = joinFiles(new Map([['a', utf8('abc')]]));
    for (const length of [0, 3, 6, pack.length - 1]) expect(() => splitFiles(pack.slice(0, length))).toThrow('broken');
  });
});

describe('the packs of the goldens', () => {
  it('have every file that the goldens need, each in one of them', async () => {
    const packs = await makePacks(await goldensReader(undefined));
    const files = new Map(PACKS.map((name) => [name, splitFiles(new Uint8Array(gunzipSync(packs.get(name) ?? new Uint8Array())))]));
    const read = async (path: string): Promise<Uint8Array> => {
      const found = files.get(packOf(path))?.get(path);
      if (found === undefined) throw new Error(`${path} is in no pack`);
      return found;
    };
    const goldens = await openGoldens(read);
    // Checks every data file against its digest.
    await goldens.verify();
    expect(goldens.cells).toHaveLength(15);
    const asked = PACKS.flatMap((name) => [...(files.get(name)?.keys() ?? [])].filter((path) => packOf(path) !== name));
    expect(asked).toEqual([]);
  });
});
