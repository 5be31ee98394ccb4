/** What the page weighs with everything in it that `npm start` puts there, but for JAX's values, which a served page loads when asked. */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { createBackend } from '@laxconv/naive';
import { openSuite, runConformance } from '@laxconv/conformance';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chooseCases } from '../../src/cases/choose-cases.ts';
import { DEFAULT_BACKENDS } from '../../src/runner/our-backends.ts';
import { embedFile, packJson } from '../../src/report/embed-data.ts';
import { suiteIndex } from '../../src/report/suite-index.ts';
import { readResultFile, type ResultFile } from '../../src/result/read-result-file.ts';
import { BrowserPages } from './browser-page.ts';
import { EMPTY } from './page-data.ts';

const PUBLISHED = path.join(import.meta.dirname, '..', '..', 'results', 'published');
/** Beside the published benchmark, a full one with all peers, as many quick ones as `npm start` shows: its own, and the newest ten. */
const QUICK = 11;
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

/** The quick cases, on the backends that a run has by itself. */
function quickOf(bench: ResultFile): ResultFile {
  if (bench.kind !== 'bench') throw new TypeError('a conformance run is no benchmark');
  const quick = new Set(chooseCases(false).map(({ name }) => name));
  const cases = bench.result.cases
    .filter(({ name }) => quick.has(name))
    .map((one) => ({ ...one, results: one.results.filter(({ backend }) => DEFAULT_BACKENDS.includes(backend)) }));
  return { ...bench, result: { ...bench.result, mode: 'quick', peers: [], cases } };
}

it('is less than 1.5 MB with the whole suite on every backend, a history of benchmarks and the peers', async () => {
  const suite = suiteIndex((await openSuite(undefined)).tests);
  const run: ResultFile = { kind: 'conformance', name: 'conformance-naive.json', result: await runConformance({ createBackend, runs: 1 }) };
  const bench = (await published('.')).find(({ kind }) => kind === 'bench');
  if (bench === undefined) throw new Error('no benchmark is published');
  const files = [
    ...Array.from({ length: BACKENDS }, () => embedFile(run, 'judged', suite)),
    embedFile(bench, 'history', suite),
    ...Array.from({ length: QUICK }, () => embedFile(quickOf(bench), 'history', suite)),
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
