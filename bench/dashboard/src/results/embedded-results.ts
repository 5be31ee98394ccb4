/** The results that `bench/src/report` wrote into the page. */
import { expandResult, type CompactResult } from '../../../src/compact/compact-result.ts';
import type { EmbeddedData, PageFacts } from '../../../src/report/page-data.ts';
import type { SuiteIndex } from '../../../src/report/suite-index.ts';
import { checkResult } from '../../../src/result/read-result-file.ts';
import type { LoadedFile, Results } from './result-store.ts';

const NOTHING: PageFacts = { writtenAt: null, commit: null, notRun: null, notebook: null };

/** The page's results; of a page into which nothing was embedded, none. What is embedded is checked as a file from anywhere is. */
export async function embeddedResults(document: Document): Promise<Results> {
  const text = document.querySelector('#report-data')?.textContent.trim() ?? '';
  if (text === '') return { ...NOTHING, files: [], suite: {} };
  const { files, suite: packed, ...facts } = JSON.parse(text) as EmbeddedData;
  const suite = packed === null ? {} : ((await unpackJson(packed)) as SuiteIndex);
  const ids = Object.keys(suite);
  return {
    ...facts,
    files: await Promise.all(
      files.map(async ({ name, role, gzip }): Promise<LoadedFile> => {
        const compact = (await unpackJson(gzip)) as CompactResult;
        return { ...checkResult(expandResult(compact, ids), name), role };
      }),
    ),
    suite,
  };
}

async function unpackJson(gzip: string): Promise<unknown> {
  const bytes = Uint8Array.from(atob(gzip), (character) => character.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).json();
}
