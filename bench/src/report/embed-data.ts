/** Puts results into the built page. They go in as JSON in a data block, which no browser runs; the page's content policy names its one script. */
import { gzipSync } from 'node:zlib';
import type { EmbeddedData } from './page-data.ts';

const SLOT = '<script type="application/json" id="report-data"></script>';

/** The page with `data` in it. Throws an Error when `page` is not the dashboard as it was built. */
export function embedData(page: string, data: EmbeddedData): string {
  if (page.split(SLOT).length !== 2) throw new Error('the page is not the dashboard as it was built: it has no place for data');
  // No `<` can end the block or open a comment in it; in a JSON string it may be written so.
  const json = JSON.stringify(data).replaceAll('<', String.raw`\u003c`);
  return page.replace(SLOT, () => SLOT.replace('></', () => `>${json}</`));
}

/** A file's text as the page keeps it. */
export function packText(text: string): string {
  return gzipSync(text, { level: 9 }).toString('base64');
}
