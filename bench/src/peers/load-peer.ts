/** The peers' packages: installed on demand into `bench/peers`, outside the workspace, and imported from there. */
import { messageOf } from '../format/message-of.ts';

interface Loader {
  /** `import(specifier)`, resolved in bench/peers. */
  load(specifier: string): Promise<unknown>;
  /** Copies of CommonJS packages that share nothing with any but each other. */
  loadAnew(specifiers: readonly string[]): readonly unknown[];
}

/** Beside `src` and `dist` alike. */
const FOLDER = new URL('../../peers/', import.meta.url);

/** A file of `bench/peers`. */
export function peerFile(path: string): URL {
  return new URL(path, FOLDER);
}

/** The package's exports, typed as the few of them that its adapter uses. Throws an Error whose sentence says what is missing. */
export function loadPeer<Library>(specifier: string): Promise<Library> {
  return loading(specifier, (loader) => loader.load(specifier)) as Promise<Library>;
}

/**
 * A copy of the package of its own, for libraries that keep one state (a number of threads, a memory) for all who use them; with the
 * packages that extend it.
 */
export async function loadPeerAnew<Library>(specifier: string, ...extensions: readonly string[]): Promise<Library> {
  const loaded = (await loading(specifier, (loader) => loader.loadAnew([specifier, ...extensions]))) as readonly unknown[];
  return loaded[0] as Library;
}

async function loading(specifier: string, load: (loader: Loader) => unknown): Promise<unknown> {
  try {
    return await load((await import(peerFile('load.mjs').href)) as Loader);
  } catch (cause) {
    const { code } = cause as { readonly code?: unknown };
    if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') {
      throw new Error(`the package ${specifier} is not installed; \`pnpm bench --peers\` installs the peers`, { cause });
    }
    throw new Error(`the package ${specifier} cannot be loaded: ${messageOf(cause)}`, { cause });
  }
}
