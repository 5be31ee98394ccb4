/** Puts results into the built page. They go in as JSON in a data block, which no browser runs; the page's content policy names its one script. */
import { gzipSync } from 'node:zlib';
import { compactResult } from '../compact/compact-result.ts';
import type { ResultFile } from '../result/read-result-file.ts';
import type { EmbeddedData, EmbeddedFile, FileRole } from './page-data.ts';
import type { SuiteIndex } from './suite-index.ts';

const SLOT = '<script type="application/json" id="report-data"></script>';

/** The page with `data` in it. Throws an Error when `page` is not the dashboard as it was built. */
export function embedData(page: string, data: EmbeddedData): string {
  if (page.split(SLOT).length !== 2) throw new Error('the page is not the dashboard as it was built: it has no place for data');
  // No `<` can end the block or open a comment in it; in a JSON string it may be written so.
  const json = JSON.stringify(data).replaceAll('<', String.raw`\u003c`);
  return page.replace(SLOT, () => SLOT.replace('></', () => `>${json}</`));
}

/** A result file as the page keeps it; `suite` is the index that the page has. */
export function embedFile(file: ResultFile, role: FileRole, suite: SuiteIndex): EmbeddedFile {
  return { name: file.name, role, gzip: packJson(compactResult(file, Object.keys(suite))) };
}

/** JSON as the page keeps it. */
export function packJson(json: unknown): string {
  return gzipSync(JSON.stringify(json), { level: 9 }).toString('base64');
}
