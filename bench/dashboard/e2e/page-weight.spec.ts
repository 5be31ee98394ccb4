/** What the page weighs with everything in it that `npm start` puts there, but for JAX's values, which a served page loads when asked. */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { createBackend } from '@laxconv/naive';
import { openSuite, runConformance } from '@laxconv/conformance';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { embedFile, packJson } from '../../src/report/embed-data.ts';
import { suiteIndex } from '../../src/report/suite-index.ts';
import { readResultFile, type ResultFile } from '../../src/result/read-result-file.ts';
import { BrowserPages } from './browser-page.ts';
import { EMPTY } from './page-data.ts';

const PUBLISHED = path.join(import.meta.dirname, '..', '..', 'results', 'published');
/** As many benchmarks as `npm start` shows at most: the one that it ran, the published one, the newest ten of the machine. */
const BENCHMARKS = 12;
const BACKENDS = 3;

let pages: BrowserPages;

beforeAll(async () => {
  pages = await BrowserPages.start();
});

afterAll(() => pages.stop());

const published = async (folder: string): Promise<ResultFile[]> => {
  const names = (await readdir(path.join(PUBLISHED, folder))).filter((name) => name.endsWith('.json'));
  return Promise.all(names.map(async (name) => readResultFile(await readFile(path.join(PUBLISHED, folder, name), 'utf8'), name)));
};

it('is less than 1.5 MB with the whole suite on every backend, a history of benchmarks and the peers', async () => {
  const suite = suiteIndex((await openSuite(undefined)).tests);
  const run: ResultFile = { kind: 'conformance', name: 'conformance-naive.json', result: await runConformance({ createBackend, runs: 1 }) };
  const bench = (await published('.')).find(({ kind }) => kind === 'bench');
  if (bench === undefined) throw new Error('no benchmark is published');
  const files = [
    ...Array.from({ length: BACKENDS }, () => embedFile(run, 'judged', suite)),
    ...Array.from({ length: BENCHMARKS }, () => embedFile(bench, 'history', suite)),
    ...(await published('peers')).map((file) => embedFile(file, 'peer', suite)),
  ];
  await pages.write('full', { ...EMPTY, files, suite: packJson(suite) });
  const { size } = await stat(path.join(pages.folder, 'full.html'));
  expect(size).toBeLessThan(1_500_000);
  // And it is all there.
  const { page, noise } = await pages.open('full');
  await page.getByText(`${files.length} result files`).waitFor();
  expect(noise).toEqual([]);
}, 240_000);
