/** What a report is made of: files that other commands wrote, and the notebook. */
import type { RunResult } from '@laxconv/conformance';
import { z } from 'zod';
import type { Notebook } from '../notebook/notebook.ts';
import type { BenchResult } from '../result/result.ts';

/** What a run left out, and why: the file that `npm start` and `npm test` write. */
export const notRunSchema = z.array(
  z.object({
    what: z.string(),
    why: z.string().describe("the reason, as a clause after 'because'"),
    how: z.string().describe('what to do to have it run, as a sentence'),
  }),
);

export type NotRunItem = z.infer<typeof notRunSchema>[number];

export interface ReportData {
  /** ISO 8601 */
  readonly writtenAt: string;
  readonly commit: string | null;
  readonly conformance: readonly RunResult[];
  readonly bench: readonly BenchResult[];
  /** Null: nobody said what was left out. */
  readonly notRun: readonly NotRunItem[] | null;
  readonly notebook: Notebook;
}
