/** Where the goldens lie and how their files are read: from the disk in Node, by fetch elsewhere. */
import { CannotRun } from '../run/cannot-run.ts';

// In a variable, because bundlers take `new URL('…', import.meta.url)` for an asset and rewrite it.
const HERE = import.meta.url;

/**
 * In the workspace the goldens lie beside this package; in the published one, inside. A copy that packing left behind must not win.
 * Found out when asked for: a script that was bundled into a blob has no folder, and may bring goldens of its own.
 */
function ownPlaces(): readonly URL[] {
  // This package's folder: sources and built files lie equally deep in it.
  const folder = new URL('../../', HERE);
  return ['../goldens/', 'goldens/'].map((place) => new URL(place, folder));
}

/** Reads a file of the goldens, by its path in their folder. */
export type ReadGolden = (path: string) => Promise<Uint8Array>;

/**
 * The reader of a folder (a path in Node, a URL elsewhere); without one, of the goldens that come with this package.
 * @throws CannotRun where there is no manifest.
 */
export async function goldensReader(folder: string | undefined): Promise<ReadGolden> {
  const places = folder === undefined ? ownPlaces() : [isNode() ? await folderUrl(folder) : pageUrl(folder)];
  for (const place of places) {
    const read = readerOf(place);
    if (await exists(read)) return read;
  }
  throw new CannotRun(`there are no goldens (no manifest.json) in ${places.map(String).join(' or ')}`);
}

function readerOf(place: URL): ReadGolden {
  if (place.protocol === 'file:') {
    return async (path) => {
      const { readFile } = await import('node:fs/promises');
      return new Uint8Array(await readFile(new URL(path, place)));
    };
  }
  return async (path) => {
    const response = await fetch(new URL(path, place));
    // A development server answers a missing file with its start page.
    if (!response.ok || response.headers.get('content-type')?.startsWith('text/html') === true) {
      throw new Error(`${response.url}: ${response.status} ${response.statusText}`);
    }
    return new Uint8Array(await response.arrayBuffer());
  };
}

async function exists(read: ReadGolden): Promise<boolean> {
  try {
    await read('manifest.json');
    return true;
  } catch {
    return false;
  }
}

function isNode(): boolean {
  return typeof process !== 'undefined' && process.versions?.node !== undefined;
}

function pageUrl(folder: string): URL {
  const { location } = globalThis as { readonly location?: { readonly href: string } };
  return new URL(folder.replace(/\/?$/, '/'), location?.href);
}

async function folderUrl(folder: string): Promise<URL> {
  const { pathToFileURL } = await import('node:url');
  const path = await import('node:path');
  return pathToFileURL(path.resolve(folder) + path.sep);
}
