/** The dashboard in a real browser, opened from its file: tables, filters, sorting, drill-down, files, and everyone can read it. */
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOSTILE } from '../../src/result/results.test.fixture.ts';
import { BrowserPages, type OpenOptions, type OpenedPage } from './browser-page.ts';
import { EMPTY, OLDER, RIGHT, WRONG } from './page-data.ts';
import { violations } from './violations.ts';

let pages: BrowserPages;

beforeAll(async () => {
  pages = await BrowserPages.start();
  await pages.write('right', RIGHT);
  await pages.write('wrong', WRONG);
  await pages.write('empty', EMPTY);
});

afterAll(() => pages.stop());

/** Opens, and in the end demands that nothing was fetched and nothing complained. */
async function on(name: string, options: OpenOptions, use: (page: Page, opened: OpenedPage) => Promise<void>): Promise<void> {
  const opened = await pages.open(name, options);
  await use(opened.page, opened);
  expect(opened.noise).toEqual([]);
  await opened.page.context().close();
}

const times = (page: Page): Locator => page.getByRole('region', { name: 'Table of times' });

async function rowHeads(table: Locator): Promise<string[]> {
  return table.locator('tbody th code').allTextContents();
}

describe('speed', () => {
  it('has a cell for every case and implementation, and no time for what is wrong', () =>
    on('right', {}, async (page) => {
      const table = times(page);
      expect(await table.getByRole('row', { name: /layer\/small/ }).count()).toBe(1);
      await table.getByRole('button', { name: 'naive on layer/small: 16.0 ms 8.00× slower' }).waitFor();
      await table.getByRole('button', { name: 'naive on layer/large: 100 ms 2.00× faster' }).waitFor();
      const wrong = table.getByRole('cell', { name: /peer on layer\/small: wrong/ });
      expect(await wrong.textContent()).toBe('peer on layer/small: wrong');
      expect(await wrong.evaluate((cell) => getComputedStyle(cell).color)).toBe('rgb(179, 32, 28)');
      expect(await table.getByRole('cell', { name: 'not run' }).count()).toBe(1);
      expect(await table.getByRole('row', { name: /geometric mean/ }).textContent()).toContain('2.71× slower');
    }));

  it('sorts by a column, both ways, and says so', () =>
    on('right', {}, async (page) => {
      const table = times(page);
      const header = table.getByRole('columnheader', { name: 'naive' });
      await header.getByRole('button').click();
      expect(await header.getAttribute('aria-sort')).toBe('ascending');
      expect(await rowHeads(table)).toEqual(['layer/large', 'signal/long', 'layer/small']);
      await header.getByRole('button').click();
      expect(await header.getAttribute('aria-sort')).toBe('descending');
      expect(await rowHeads(table)).toEqual(['layer/small', 'signal/long', 'layer/large']);
      expect(new URL(page.url()).hash).toBe('#speed?sort=-naive');
    }));

  it('filters, compares with another base, and keeps both in the address', async () => {
    await on('right', {}, async (page) => {
      await page.getByLabel('Dtype').selectOption('float64');
      expect(await rowHeads(times(page))).toEqual(['signal/long']);
      // Beside other libraries ours are what they are compared with.
      await times(page).getByRole('button', { name: 'naive on signal/long: 5.00 ms 5.00× slower' }).waitFor();
      await page.getByLabel('Compared with').selectOption('naive');
      await times(page).getByRole('button', { name: 'wasm on signal/long: 1.00 ms 5.00× faster' }).waitFor();
      expect(new URL(page.url()).hash).toBe('#speed?dtype=float64&base=naive');
    });
    await on('right', { hash: '#speed?family=layer&backend=peers' }, async (page) => {
      expect(await rowHeads(times(page))).toEqual(['layer/small', 'layer/large']);
      expect(await times(page).getByRole('columnheader').allTextContents()).toEqual(['case ↕', 'peer ↕']);
    });
  });

  it('opens a cell by keyboard: samples, kernel, reasons, environment; Escape gives the focus back', () =>
    on('right', {}, async (page) => {
      const cell = times(page).getByRole('button', { name: /^wasm on layer\/small/ });
      await cell.focus();
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'wasm on layer/small' });
      await dialog.waitFor();
      expect(await dialog.getByText('float32-direct-1x1').count()).toBe(1);
      expect(await dialog.textContent()).toContain('about 3 µs: direct loops');
      expect(await dialog.textContent()).toContain('A Processor');
      await dialog
        .getByRole('img', { name: /^Samples of wasm by round/ })
        .locator('svg')
        .waitFor();
      await dialog.getByText('All samples in ms').click();
      await dialog.getByText('round 2: 2.04').waitFor();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await expect.poll(() => cell.evaluate((button) => document.activeElement === button)).toBe(true);
    }));

  it('says why a cell has no time', () =>
    on('right', {}, async (page) => {
      await times(page).getByRole('button', { name: 'peer on layer/large: unsupported' }).click();
      expect(await page.getByRole('dialog').textContent()).toContain('too large for it');
    }));
});

describe('result files', () => {
  const choose = (page: Page, name: string, text: string): Promise<void> =>
    page.getByLabel('Add result files').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });

  it('adds a run, and shows the history of a cell', () =>
    on('right', {}, async (page) => {
      await page.getByText('3 result files').click();
      await choose(page, 'older.json', JSON.stringify(OLDER));
      await page.getByText('4 result files').waitFor();
      await times(page)
        .getByRole('button', { name: /^wasm on layer\/small/ })
        .click();
      const runs = page.getByRole('dialog').getByRole('region', { name: 'Table of runs' });
      expect(await runs.getByRole('row').allTextContents()).toEqual([
        'runcommitwheremedian and 95 % interval',
        expect.stringContaining('2026-11-20 12:00abcdef123456node 24.21.0, A Processor3.00 ms'),
        expect.stringContaining('2026-11-23 12:00'),
      ]);
    }));

  it.each([
    ['{"a":', 'broken.json is not JSON'],
    ['{"format":"other"}', 'broken.json is not a result file of laxconv'],
    [JSON.stringify({ ...OLDER, cases: [{}] }), 'broken.json is a broken benchmark result: cases.0.name'],
  ])('says of a foreign or broken file what is wrong, and shows nothing of it (%s)', (text, sentence) =>
    on('right', {}, async (page) => {
      await page.getByText('3 result files').click();
      await choose(page, 'broken.json', text);
      await page.getByRole('alert').getByText(sentence).waitFor();
      expect(await page.getByText('3 result files').count()).toBe(1);
    }),
  );

  it('fills a page into which nothing was embedded', () =>
    on('empty', {}, async (page) => {
      expect(await page.getByText('No benchmark is loaded').count()).toBe(1);
      await page.getByText('0 result files').click();
      await choose(page, 'older.json', JSON.stringify(OLDER));
      await times(page)
        .getByRole('button', { name: /^wasm on layer\/small/ })
        .waitFor();
    }));
});

describe('conformance', () => {
  it('counts by function and backend, ours and the peers', () =>
    on('right', { hash: '#conformance' }, async (page) => {
      const table = page.getByRole('region', { name: 'Tests by function and backend' });
      await table.getByRole('button', { name: 'lax.conv, naive: 1 of 2 passed 1 refused' }).waitFor();
      await table.getByRole('button', { name: 'lax.conv, peer: 0 of 1 passed 1 failed' }).waitFor();
      expect(await page.getByRole('status').first().textContent()).toContain('All right');
    }));

  it('counts, where asked, only what all have run', () =>
    on('right', { hash: '#conformance' }, async (page) => {
      await page.getByLabel('Only tests that all have run').check();
      const table = page.getByRole('region', { name: 'Tests by function and backend' });
      await table.getByRole('button', { name: 'lax.conv, naive: 1 passed' }).waitFor();
      await table.getByRole('button', { name: 'lax.conv, peer: 0 of 1 passed 1 failed' }).waitFor();
      expect(new URL(page.url()).hash).toBe('#conformance?shared=yes');
    }));

  it('goes down to a test, what it does and how to run it again', () =>
    on('right', { hash: '#conformance' }, async (page) => {
      await page.getByRole('button', { name: /^lax.conv, peer/ }).click();
      const dialog = page.getByRole('dialog', { name: 'lax.conv, peer' });
      await dialog.getByText('golden:padding/same:dtype=float32').click();
      await dialog.getByText('element [0] is 2').waitFor();
      await dialog.getByText('SAME padding').waitFor();
      expect(await dialog.textContent()).toContain('--filter golden:padding/same:dtype=float32');
    }));

  it('finds tests by id and status', () =>
    on('right', { hash: '#conformance' }, async (page) => {
      await page.getByRole('button', { name: /^all, naive/ }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Find by id or status').fill('unsupported golden');
      await dialog.getByText('1 test', { exact: true }).waitFor();
      expect(await dialog.locator('summary').allTextContents()).toEqual([expect.stringContaining('golden:padding/same:dtype=float16')]);
    }));

  it('turns the table, filters it, and has an address for a test', async () => {
    await on('right', { hash: '#conformance?rows=dtype&columns=family&backend=naive' }, async (page) => {
      const table = page.getByRole('region', { name: 'Tests by dtype and family' });
      expect(await table.getByRole('columnheader').allTextContents()).toEqual(['dtype', 'golden', 'differential']);
      expect(await rowHeads(table)).toEqual(['float16', 'float32']);
    });
    await on('right', { hash: '#conformance?test=golden:padding/same:dtype=float32' }, async (page) => {
      const dialog = page.getByRole('dialog', { name: 'golden:padding/same:dtype=float32' });
      expect(await dialog.locator('summary').count()).toBe(2);
    });
  });
});

describe('support', () => {
  it('says what runs and what is refused, and why', () =>
    on('right', { hash: '#support' }, async (page) => {
      const table = page.getByRole('region', { name: 'Support: naive' });
      await table.getByRole('button', { name: 'lax.conv, float32: runs' }).waitFor();
      await table.getByRole('button', { name: 'strides, float16: refuses, with a reason' }).click();
      expect(await page.getByRole('dialog').textContent()).toContain('no float16 here (1 test)');
      await page.keyboard.press('Escape');
      await page
        .getByRole('region', { name: 'At a glance' })
        .getByRole('button', { name: 'naive, float16: refuses, with a reason' })
        .waitFor();
    }));
});

describe('the page', () => {
  it('goes from section to section, and keeps what was chosen in each', () =>
    on('right', { hash: '#speed?base=wasm' }, async (page) => {
      await page.getByRole('link', { name: 'Support' }).click();
      await page.getByRole('heading', { name: 'Support', level: 2 }).waitFor();
      expect(await page.getByRole('link', { name: 'Support' }).getAttribute('aria-current')).toBe('page');
      expect(await times(page).isVisible()).toBe(false);
      await page.getByRole('link', { name: 'Speed' }).click();
      expect(await page.getByLabel('Compared with').inputValue()).toBe('wasm');
    }));

  it('says what was not run', () =>
    on('right', {}, async (page) => {
      expect(await page.getByRole('list', { name: 'Not run' }).textContent()).toBe(
        'Not run: chromium, because npm start runs in Node. Run npm test.',
      );
    }));

  it.each(['#speed', '#conformance', '#support'])('shows hostile text as text (%s)', (hash) =>
    on('wrong', { hash }, async (page) => {
      expect(await page.getByText(HOSTILE).count()).toBeGreaterThan(2);
      expect(await page.title()).toBe('laxconv dashboard');
      expect(await page.locator('img[src="x"]').count()).toBe(0);
      await page.locator('td button').first().click();
      await page.getByRole('dialog').waitFor();
      expect(await page.title()).toBe('laxconv dashboard');
    }),
  );

  it.each(
    (['right', 'wrong', 'empty'] as const).flatMap((name) => ['#speed', '#conformance', '#support'].map((hash) => [name, hash] as const)),
  )('does not scroll sideways on a phone (%s, %s)', (name, hash) =>
    on(name, { hash, width: 390 }, async (page) => {
      const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      expect(content).toBeLessThanOrEqual(window);
    }),
  );

  it.each(
    (['right', 'wrong'] as const).flatMap((name) =>
      ['#speed', '#conformance', '#support'].flatMap((hash) => (['light', 'dark'] as const).map((scheme) => [name, hash, scheme] as const)),
    ),
  )('has no violation that axe finds (%s, %s, %s)', (name, hash, colorScheme) =>
    on(name, { hash, colorScheme }, async (page) => {
      expect(await violations(page)).toEqual([]);
      await page.locator('td button').first().click();
      await page.getByRole('dialog').waitFor();
      expect(await violations(page)).toEqual([]);
    }),
  );
});
