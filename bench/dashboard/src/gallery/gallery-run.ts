/** The notebook run in the page: cell by cell, with time to paint in between. */
import { openGoldens, type Goldens, type ReadGolden } from '@laxconv/conformance';
import { messageOf } from '../../../src/format/message-of.ts';
import type { NotebookCell } from '../../../src/notebook/notebook.ts';
import { jaxVersion, notebookCells } from '../../../src/notebook/run-notebook.ts';
import { pause } from '../../../src/runner/pause.ts';
import { threadsOf, type PageBackend } from '../backends/page-backends.ts';

/** Where a run of the notebook is. */
export interface GalleryState {
  readonly status: 'running' | 'done' | 'failed';
  readonly backend: string;
  /** The backend's own words on its threads. */
  readonly threads: string;
  /** The version of JAX that the goldens come from; null until they are open. */
  readonly jax: string | null;
  /** Those that have run, in order. */
  readonly cells: readonly NotebookCell[];
  /** Why it failed; null where it did not. */
  readonly reason: string | null;
}

/** Browsers paint when nothing runs for about this long. */
const PAINT_MS = 20;

/** Runs all cells on `backend`, and tells of every step until `signal` is aborted. Never rejects: what went wrong is in the state. */
export async function runGallery(
  { name, start }: PageBackend,
  read: ReadGolden,
  signal: AbortSignal,
  tell: (state: GalleryState) => void,
): Promise<void> {
  let state: GalleryState = { status: 'running', backend: name, threads: '', jax: null, cells: [], reason: null };
  const say = (change: Partial<GalleryState>): void => {
    state = { ...state, ...change };
    if (!signal.aborted) tell(state);
  };
  say({});
  try {
    const goldens: Goldens = await openGoldens(read);
    const backend = await start();
    try {
      say({ jax: jaxVersion(goldens), threads: threadsOf(backend, location.protocol) });
      await pause(PAINT_MS);
      for await (const cell of notebookCells(backend, goldens)) {
        if (signal.aborted) return;
        say({ cells: [...state.cells, cell] });
        await pause(PAINT_MS);
      }
      say({ status: 'done' });
    } finally {
      await backend.dispose();
    }
  } catch (error) {
    say({ status: 'failed', reason: messageOf(error) });
  }
}
