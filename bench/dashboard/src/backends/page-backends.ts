/** The backends that a page can run: the repository's own table. One that cannot start here says why when it is chosen. */
import type { Backend } from '@laxconv/api/backend';
import { OURS } from '../../../src/runner/our-backends.ts';

export interface PageBackend {
  readonly name: string;
  /** Starts it anew; whoever starts it disposes of it. */
  readonly start: () => Promise<Backend>;
}

export const PAGE_BACKENDS: readonly PageBackend[] = Object.entries(OURS).map(([name, { load }]) => ({
  name,
  start: async () => {
    const { createBackend } = await load();
    if (createBackend === undefined) throw new TypeError(`${name} exports no createBackend`);
    return createBackend();
  },
}));

/** The backend of this name. Throws an Error where the page has none. */
export function pageBackend(name: string): PageBackend {
  const found = PAGE_BACKENDS.find((backend) => backend.name === name);
  if (found === undefined) throw new Error(`this page has no backend ${name}`);
  return found;
}

/** On how many threads the backend runs here, and why. */
export async function threadsHere({ start }: PageBackend): Promise<string> {
  const backend = await start();
  try {
    return threadsOf(backend, location.protocol);
  } finally {
    await backend.dispose();
  }
}

/** The backend that the page runs first: the fastest that starts everywhere. */
export const FIRST_BACKEND = 'wasm';

/** On how many threads a backend computes, and why; empty for one that has none to speak of. `protocol` is the page's. */
export function threadsOf({ info: { threads, threadsReason } }: Pick<Backend, 'info'>, protocol: string): string {
  if (typeof threads !== 'number') return '';
  const count = threads === 1 ? 'one thread' : `${threads} threads`;
  // Nobody can send headers with a file: the backend's own advice would be no help.
  if (threads === 1 && typeof threadsReason === 'string' && protocol === 'file:') {
    return `${count}: browsers keep shared memory from pages that were opened from a file; “pnpm dashboard” serves this one with threads`;
  }
  return typeof threadsReason === 'string' ? `${count}: ${threadsReason}` : count;
}
