/** The results that `bench/src/report` wrote into the page. */
import type { EmbeddedData, PageFacts } from '../../../src/report/page-data.ts';
import type { SuiteIndex } from '../../../src/report/suite-index.ts';
import { readResultFile } from '../../../src/result/read-result-file.ts';
import type { LoadedFile, Results } from './result-store.ts';

const NOTHING: PageFacts = { writtenAt: null, commit: null, notRun: null, notebook: null };

/** The page's results; of a page into which nothing was embedded, none. What is embedded is checked as a file from anywhere is. */
export async function embeddedResults(document: Document): Promise<Results> {
  const text = document.querySelector('#report-data')?.textContent.trim() ?? '';
  if (text === '') return { ...NOTHING, files: [], suite: {} };
  const { files, suite, ...facts } = JSON.parse(text) as EmbeddedData;
  return {
    ...facts,
    files: await Promise.all(
      files.map(async ({ name, role, gzip }): Promise<LoadedFile> => ({ ...readResultFile(await unpackText(gzip), name), role })),
    ),
    suite: suite === null ? {} : (JSON.parse(await unpackText(suite)) as SuiteIndex),
  };
}

async function unpackText(gzip: string): Promise<string> {
  const bytes = Uint8Array.from(atob(gzip), (character) => character.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
}
