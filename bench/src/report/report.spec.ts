/** The report in a real browser, opened from its file: nothing runs, nothing is fetched, and everyone can read it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportPage } from './page.ts';
import { HOSTILE, RIGHT, WRONG } from './report.test.fixture.ts';

let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'laxconv-report-'));
  await writeFile(path.join(folder, 'right.html'), reportPage(RIGHT));
  await writeFile(path.join(folder, 'wrong.html'), reportPage(WRONG));
  const executablePath = process.env['LAXCONV_CHROMIUM'];
  browser = await chromium.launch({ args: ['--no-sandbox'], ...(executablePath === undefined ? {} : { executablePath }) });
});

afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

interface Opened {
  readonly page: Page;
  /** What the page asked for beyond itself, and what the console said. */
  readonly noise: string[];
}

async function open(name: 'right' | 'wrong', options: { width?: number; colorScheme?: 'light' | 'dark' } = {}): Promise<Opened> {
  const { width = 1280, colorScheme = 'light' } = options;
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  const page = await context.newPage();
  const url = pathToFileURL(path.join(folder, `${name}.html`)).href;
  const noise: string[] = [];
  page.on('console', (message) => noise.push(message.text()));
  page.on('pageerror', (error) => noise.push(error.message));
  page.on('request', (request) => {
    if (request.url() !== url && !request.url().startsWith('data:image/png')) noise.push(request.url());
  });
  await page.goto(url);
  return { page, noise };
}

describe('the report', () => {
  it.each(['right', 'wrong'] as const)('runs nothing and fetches nothing (%s)', async (name) => {
    const { page, noise } = await open(name);
    expect(await page.title()).toBe(name === 'right' ? '✓ laxconv report' : '✗ laxconv report');
    expect(noise).toEqual([]);
    await page.context().close();
  });

  it('shows hostile text as text', async () => {
    const { page } = await open('wrong');
    expect(await page.getByText(HOSTILE).count()).toBeGreaterThan(10);
    expect(await page.locator('script, img[src="x"]').count()).toBe(0);
    await page.context().close();
  });

  it('has its tables, sections and pictures under names', async () => {
    const { page } = await open('right');
    await expect(page.getByRole('status').textContent()).resolves.toContain('All right');
    const families = page.getByRole('region', { name: 'Tests by family' });
    expect(await families.getByRole('row', { name: /^golden 2 \/ 2/ }).count()).toBe(1);
    expect(
      await page.getByRole('region', { name: 'Times of benchmark 1' }).getByRole('cell', { name: '4.00 ms', exact: true }).count(),
    ).toBe(1);
    expect(await page.getByRole('img', { name: 'an image, 2 by 2 pixels' }).count()).toBe(2);
    expect(await page.getByRole('article', { name: 'Cell 2' }).count()).toBe(1);
    await page.context().close();
  });

  it('opens a failure by keyboard', async () => {
    const { page } = await open('wrong');
    const message = page.getByText('it took more than 30 s');
    expect(await message.isVisible()).toBe(false);
    await page.locator('summary', { hasText: 'golden:b:x=1' }).focus();
    await page.keyboard.press('Enter');
    expect(await message.isVisible()).toBe(true);
    await page.context().close();
  });

  it.each(['right', 'wrong'] as const)('does not scroll sideways on a phone (%s)', async (name) => {
    const { page } = await open(name, { width: 320 });
    const [content, window] = await page.evaluate<[number, number]>('[document.documentElement.scrollWidth, innerWidth]');
    expect(content).toBeLessThanOrEqual(window);
    await page.context().close();
  });

  it.each([
    ['right', 'light'],
    ['right', 'dark'],
    ['wrong', 'light'],
    ['wrong', 'dark'],
  ] as const)('has no violation that axe finds (%s, %s)', async (name, colorScheme) => {
    const { page } = await open(name, { colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target, failureSummary }) => [target, failureSummary])])).toEqual([]);
    await page.context().close();
  });
});
