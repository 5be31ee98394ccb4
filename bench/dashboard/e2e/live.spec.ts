/** The live section in a real browser: runs to their end in a worker on every backend, and what is cancelled, also by those that hang. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packFile } from '../../src/pack/pack-names.ts';
import { readResultFile, type ResultFile } from '../../src/result/read-result-file.ts';
import type { OpenOptions } from './browser-page.ts';
import { PagesWithValues } from './pages-with-values.ts';
import { violations } from './violations.ts';
import { withHangingBackend } from './with-hanging-backend.ts';

/** A run of the suite's quick subset, on a machine that does other things besides. */
const LONG = 240_000;

let pages: PagesWithValues;

beforeAll(async () => {
  pages = await PagesWithValues.start([withHangingBackend()]);
}, LONG);

afterAll(() => pages.stop());

/** Opens, and in the end demands that all of `expected` was asked for, nothing beside it and `perhaps`, and nothing complained. */
async function on(
  options: OpenOptions,
  use: (page: Page) => Promise<void>,
  expected: readonly string[] = [],
  perhaps: readonly string[] = [],
): Promise<void> {
  const noise = await pages.use({ hash: '#live', ...options }, use);
  expect(noise.filter((each) => !perhaps.includes(each))).toEqual([...expected].toSorted());
}

/** Chooses what is run, and on which backends alone. */
async function choose(page: Page, what: string, ...backends: readonly string[]): Promise<void> {
  await page.getByLabel('What').selectOption(what);
  for (const name of ['naive', 'hanging', 'wasm', 'webgpu'])
    await page.getByLabel(name, { exact: true }).setChecked(backends.includes(name));
  await page.getByRole('button', { name: 'Run' }).click();
}

async function saved(page: Page, region: Locator): Promise<ResultFile> {
  const [download] = await Promise.all([page.waitForEvent('download'), region.getByRole('link', { name: 'save the JSON' }).click()]);
  return readResultFile(await readFile(await download.path(), 'utf8'), download.suggestedFilename());
}

/** Waits until the text has been the same for some seconds: told to stop before it hangs, a backend stops. */
async function standsStill(progress: Locator): Promise<void> {
  await progress.waitFor({ timeout: LONG });
  let before: string | null = null;
  await expect
    .poll(
      async () => {
        const now = await progress.textContent();
        const isSame = now === before;
        before = now;
        return isSame;
      },
      { timeout: LONG, interval: 4000 },
    )
    .toBe(true);
}

const hasAdapter = async (page: Page): Promise<boolean> =>
  (await page.evaluate('navigator.gpu?.requestAdapter().then((adapter) => adapter !== null) ?? false')) === true;

describe('the suite', () => {
  it(
    'runs its quick subset to the end in a worker on every backend, and gives the JSON of the command line',
    () =>
      on({}, async (page) => {
        await page.getByText(/The quick subset has [\d,]+ of the suite’s [\d,]+ tests/).waitFor({ timeout: LONG });
        await page.getByText('wasm runs here on one thread').waitFor();
        expect(await violations(page)).toEqual([]);
        const names = ['naive', 'wasm', ...((await hasAdapter(page)) ? ['webgpu'] : [])];
        await choose(page, 'quick suite', ...names);
        await expect.poll(() => page.workers().length).toBe(1);
        await page.getByText(/naive: test [\d,]+ of [\d,]+ · .*left/).waitFor({ timeout: LONG });
        for (const name of names) {
          const region = page.getByRole('region', { name: new RegExp(`^${name}: [\\d,]+ of [\\d,]+ tests`) });
          // webgpu compiles for minutes where the browser's adapter is the CPU: how long is no matter of right and wrong.
          await region.waitFor({ timeout: 3 * LONG });
          expect(await saved(page, region)).toMatchObject({
            kind: 'conformance',
            name: expect.stringMatching(new RegExp(`^conformance-${name}-[\\dT-]+\\.json$`)),
            result: {
              ok: true,
              quick: true,
              backend: { name },
              totals: { fail: 0, notRun: 0 },
              platform: { runtime: expect.stringContaining('chromium') },
            },
          });
        }
        expect(await page.getByRole('note').count()).toBe(0);
        await expect.poll(() => page.workers().length).toBe(0);
        expect(await violations(page)).toEqual([]);
      }),
    4 * LONG,
  );

  it(
    'goes on in the page where no worker can be started, and says so',
    () =>
      on({ withoutWorkers: true }, async (page) => {
        await choose(page, 'quick suite', 'wasm');
        await page
          .getByRole('note')
          .getByText(/No worker could be started \(.*\), so this runs in the page’s own thread/)
          .waitFor();
        await page.getByText(/wasm: test [\d,]+ of [\d,]+/).waitFor({ timeout: LONG });
        await page.getByRole('button', { name: 'Cancel' }).click();
        await page.getByRole('region', { name: /^wasm: .*not run/ }).waitFor({ timeout: LONG });
        expect(page.workers()).toEqual([]);
      }),
    LONG,
  );
});

describe('a run that is cancelled', () => {
  it(
    'has had threads in its worker where the page is served for them',
    () =>
      on(
        { origin: pages.origin },
        async (page) => {
          await page.getByText(/wasm runs here on \d+ threads/).waitFor({ timeout: LONG });
          await choose(page, 'quick suite', 'wasm');
          await page.getByText(/wasm: test [\d,]+ of/).waitFor({ timeout: LONG });
          await page.getByRole('button', { name: 'Cancel' }).click();
          const region = page.getByRole('region', { name: /^wasm: .*not run/ });
          await region.waitFor({ timeout: LONG });
          const { result } = await saved(page, region);
          if (!('backend' in result)) throw new Error('that is no result of the suite');
          expect(result.backend.info['threads']).toBeGreaterThan(1);
        },
        [`${pages.origin}/${packFile('suite')}`],
        // How far the run came before it was cancelled is the machine's.
        [`${pages.origin}/${packFile('notebook')}`],
      ),
    LONG,
  );

  it(
    'keeps what was done, and says that it is not all',
    () =>
      on({}, async (page) => {
        await choose(page, 'whole suite', 'naive', 'wasm');
        await page.getByText(/naive: test [\d,]+ of/).waitFor({ timeout: LONG });
        await page.getByRole('button', { name: 'Cancel' }).click();
        const region = page.getByRole('region', { name: /^naive: .*not run/ });
        await region.waitFor({ timeout: LONG });
        expect(await region.getByText('✗').count()).toBe(1);
        await page.getByText('It was cancelled. What it had done is kept, as a part. Not begun: wasm.').waitFor();
        expect((await saved(page, region)).name).toMatch(/-part\.json$/);
        expect(await page.getByRole('button', { name: 'Run' }).isEnabled()).toBe(true);
      }),
    LONG,
  );

  it(
    'ends also on a backend that hangs; the page goes on, and says which test it was',
    () =>
      on({}, async (page) => {
        await choose(page, 'quick suite', 'hanging');
        await standsStill(page.getByText(/hanging: test [\d,]+ of/));
        // The page is alive beside it.
        await page.getByRole('link', { name: 'Playground' }).click();
        await page.getByRole('application').waitFor();
        await page.getByRole('link', { name: 'Live' }).click();
        await page.getByRole('button', { name: 'Cancel' }).click();
        await page.getByText('It was cancelled: it did not stop within 2 s of being told to, and was ended.').waitFor();
        const region = page.getByRole('region', { name: /^hanging: .*not run/ });
        const { result } = await saved(page, region);
        expect(result).toMatchObject({ ok: false, totals: { fail: 0, timeout: 0 } });
        if (!('notRun' in result)) throw new Error('that is no result of the suite');
        expect(result.notRun[0].reason).toContain('it did not stop within 2 s');
        expect(result.notRun[1].reason).toContain('interrupted');
        // Chromium waits 2 s before it ends a script in the middle of a loop.
        await expect.poll(() => page.workers().length, { timeout: 20_000 }).toBe(0);
        // And what comes after it runs.
        await choose(page, 'quick suite', 'wasm');
        await page.getByText(/wasm: test [\d,]+ of/).waitFor({ timeout: LONG });
      }),
    LONG,
  );

  it(
    'leaves nothing where nothing was done',
    () =>
      on({}, async (page) => {
        await choose(page, 'whole suite', 'wasm');
        // While the suite is being opened.
        await page.getByRole('button', { name: 'Cancel' }).click();
        await page.getByRole('status').getByText('It had done nothing yet that could be kept.').waitFor({ timeout: 30_000 });
        await choose(page, 'benchmark', 'hanging');
        await page.getByRole('button', { name: 'Cancel' }).click();
        await page.getByRole('status').getByText('It had done nothing yet that could be kept.').waitFor({ timeout: 30_000 });
        expect(await page.locator('.live-result').count()).toBe(0);
        expect(await page.getByRole('alert').count()).toBe(0);
        expect(await page.getByRole('button', { name: 'Run' }).isEnabled()).toBe(true);
      }),
    LONG,
  );
});

describe('the benchmark', () => {
  it(
    'runs to its end on every backend, and is shown under Speed',
    () =>
      on(
        { origin: pages.origin },
        async (page) => {
          const names = ['wasm', ...((await hasAdapter(page)) ? ['webgpu'] : [])];
          await choose(page, 'benchmark', ...names);
          await page.getByText(/case \d+ of \d+: .*left/).waitFor({ timeout: LONG });
          const region = page.getByRole('region', { name: /^benchmark: \d+ times/ });
          await region.waitFor({ timeout: LONG });
          const { result } = await saved(page, region);
          expect(result).toMatchObject({ complete: true, mode: 'quick', environment: { loadBefore: null } });
          if (!('cases' in result)) throw new Error('that is no benchmark');
          const measured = result.cases.flatMap(({ results }) => results).filter(({ status }) => status === 'measured');
          // And the one that does nothing, for what a call costs above it.
          expect(new Set(measured.map(({ backend }) => backend))).toEqual(new Set([...names, 'idle']));
          await region.getByRole('link', { name: 'See it' }).click();
          await page.getByRole('region', { name: 'Table of times' }).getByText('signal/smoothing-500x10').first().waitFor();
        },
        [`${pages.origin}/${packFile('suite')}`],
      ),
    2 * LONG,
  );
});
