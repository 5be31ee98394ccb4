/** The dashboard in Chromium: built once, with data in it, opened from its file, with everything that it asks for or complains of kept. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright';
import { build, type Plugin } from 'vite';
import { embedData } from '../../src/report/embed-data.ts';
import { embedPacks } from '../../src/pack/embed-packs.ts';
import type { PackName } from '../../src/pack/pack-names.ts';
import type { EmbeddedData } from '../../src/report/page-data.ts';

export interface OpenOptions {
  readonly hash?: string;
  /** Where the pages are served; default: they are opened as files. */
  readonly origin?: string;
  readonly reducedMotion?: 'reduce' | 'no-preference';
  /** Takes away what workers are made with. */
  readonly withoutWorkers?: boolean;
  readonly width?: number;
  readonly colorScheme?: 'light' | 'dark';
}

export interface OpenedPage {
  readonly page: Page;
  /** What the page asked for beyond itself, what the console said, and errors. */
  readonly noise: readonly string[];
}

export class BrowserPages {
  readonly #browser: Browser;
  readonly #folder: string;
  readonly #built: string;

  private constructor(browser: Browser, folder: string, built: string) {
    this.#browser = browser;
    this.#folder = folder;
    this.#built = built;
  }

  /** Builds the page, with these plugins besides its own. */
  static async start(plugins: readonly Plugin[] = []): Promise<BrowserPages> {
    const folder = await mkdtemp(path.join(tmpdir(), 'laxconv-dashboard-'));
    await build({
      configFile: path.join(import.meta.dirname, '..', 'vite.config.ts'),
      logLevel: 'error',
      plugins: [...plugins],
      build: { outDir: path.join(folder, 'built'), emptyOutDir: true },
    });
    const executablePath = process.env['LAXCONV_CHROMIUM'];
    const browser = await chromium.launch({
      args: ['--no-sandbox', '--enable-unsafe-webgpu'],
      ...(executablePath === undefined ? {} : { executablePath }),
    });
    return new BrowserPages(browser, folder, await readFile(path.join(folder, 'built', 'index.html'), 'utf8'));
  }

  /** Writes a page with this data, and with these packs of goldens; its name is for `open`. */
  async write(name: string, data: EmbeddedData, packs: ReadonlyMap<PackName, Uint8Array> = new Map()): Promise<void> {
    await writeFile(path.join(this.#folder, `${name}.html`), embedData(embedPacks(this.#built, packs), data));
  }

  /** The folder of the written pages. */
  get folder(): string {
    return this.#folder;
  }

  /** Opens a written page and waits for its section. */
  async open(
    name: string,
    { hash = '', width = 1280, colorScheme = 'light', origin, reducedMotion = 'no-preference', withoutWorkers = false }: OpenOptions = {},
  ): Promise<OpenedPage> {
    const context = await this.#browser.newContext({ viewport: { width, height: 900 }, colorScheme, reducedMotion });
    const page = await context.newPage();
    if (withoutWorkers) await page.addInitScript('delete window.Worker');
    const url = origin === undefined ? pathToFileURL(path.join(this.#folder, `${name}.html`)).href : `${origin}/${name}.html`;
    const noise: string[] = [];
    page.on('console', (message) => noise.push(message.text()));
    page.on('pageerror', (error) => noise.push(error.message));
    page.on('request', (request) => {
      if (request.url().split('#')[0] !== url && !/^(data|blob):/.test(request.url())) noise.push(request.url());
    });
    await page.goto(`${url}${hash}`);
    await page.locator('main h2').first().waitFor();
    return { page, noise };
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await rm(this.#folder, { recursive: true });
  }
}
