/** What is embedded in the page: results in a compact form, the suite's index, and how the notebook ended. Plain JSON. */
import { z } from 'zod';
import type { CellCheck } from '../notebook/notebook.ts';

/** What a run left out, and why: the file that `npm start` and `npm test` write. */
export const notRunSchema = z.array(
  z.object({
    what: z.string(),
    why: z.string().describe("the reason, as a clause after 'because'"),
    how: z.string().describe('what to do to have it run, as a sentence'),
  }),
);

export type NotRunItem = z.infer<typeof notRunSchema>[number];

/** A cell of the notebook, run in Node when the page was written. */
export interface CellRecord {
  readonly number: number;
  readonly title: string;
  readonly ms: number;
  readonly check: CellCheck;
}

export interface NotebookRecord {
  readonly backend: string;
  /** The version of JAX that the goldens come from. */
  readonly jax: string;
  readonly cells: readonly CellRecord[];
}

/** What the page knows beside result files. */
export interface PageFacts {
  /** ISO 8601; null: nobody wrote results into the page. */
  readonly writtenAt: string | null;
  readonly commit: string | null;
  /** Null: nobody said what was left out. */
  readonly notRun: readonly NotRunItem[] | null;
  /** Null: it did not run. */
  readonly notebook: NotebookRecord | null;
}

/** `judged`: the page's verdict is about it. `history`: an earlier benchmark. `peer`: another library's, beside ours. */
export type FileRole = 'judged' | 'history' | 'peer';

/** A result file: a benchmark or a conformance run, by its own `format`. */
export interface EmbeddedFile {
  readonly name: string;
  readonly role: FileRole;
  /** Its CompactResult as JSON, gzip, base64. */
  readonly gzip: string;
}

export interface EmbeddedData extends PageFacts {
  readonly files: readonly EmbeddedFile[];
  /** A SuiteIndex as JSON, gzip, base64; null: not given. */
  readonly suite: string | null;
}
