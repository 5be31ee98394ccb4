/** The goldens for a page: from the packs that are in it, or beside it where it is served. A pack is loaded when its first file is asked for. */
import type { ReadGolden } from '@laxconv/conformance';
import { splitFiles, type Files } from '../../../src/pack/pack.ts';
import { packElement, packFile, packOf, type PackName } from '../../../src/pack/pack-names.ts';

/** Reads files of the goldens; every pack is loaded once. */
export function pageGoldens(document: Document): ReadGolden {
  const packs = new Map<PackName, Promise<Files>>();
  return async (path) => {
    const name = packOf(path);
    const loading = packs.get(name) ?? loadPack(document, name);
    packs.set(name, loading);
    const bytes = (await loading).get(path);
    if (bytes === undefined) throw new Error(`the goldens of this page have no ${path}`);
    return bytes;
  };
}

async function loadPack(document: Document, name: PackName): Promise<Files> {
  const text = document.getElementById(packElement(name))?.textContent.trim() ?? '';
  const gzip = text === '' ? await fetchPack(document, name) : bytesOf(text);
  const stream = new Blob([gzip]).stream().pipeThrough(new DecompressionStream('gzip'));
  return splitFiles(new Uint8Array(await new Response(stream).arrayBuffer()));
}

async function fetchPack(document: Document, name: PackName): Promise<Uint8Array<ArrayBuffer>> {
  const file = packFile(name);
  const sentence = `JAX's values are not in this page, and ${file} could not be loaded from beside it`;
  if (document.location.protocol === 'file:') throw new Error(`${sentence}: a page that was opened from a file may not`);
  const response = await fetch(new URL(file, document.baseURI));
  if (!response.ok) throw new Error(`${sentence}: ${response.status} ${response.statusText}`);
  return new Uint8Array(await response.arrayBuffer());
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}
