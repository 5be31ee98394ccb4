/** The page with JAX's values, inside it and beside it on a server; what a test does with it, and what it asked for meanwhile. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { goldensReader } from '@laxconv/conformance';
import type { Page } from 'playwright';
import type { Plugin } from 'vite';
import { packFile } from '../../src/pack/pack-names.ts';
import { makePacks } from '../../src/pack/packs.ts';
import { BrowserPages, type OpenOptions } from './browser-page.ts';
import { EMPTY } from './page-data.ts';
import { serveFolder, type ServedFolder } from './served-folder.ts';

export class PagesWithValues {
  readonly pages: BrowserPages;
  readonly #served: ServedFolder;

  private constructor(pages: BrowserPages, served: ServedFolder) {
    this.pages = pages;
    this.#served = served;
  }

  /** Builds the page, with these plugins besides its own: 'inside' has the values, 'beside' asks for them. */
  static async start(plugins: readonly Plugin[] = []): Promise<PagesWithValues> {
    const pages = await BrowserPages.start(plugins);
    const packs = await makePacks(await goldensReader(undefined));
    await pages.write('inside', EMPTY, packs);
    await pages.write('beside', EMPTY);
    for (const [name, pack] of packs) await writeFile(path.join(pages.folder, packFile(name)), pack);
    return new PagesWithValues(pages, await serveFolder(pages.folder));
  }

  /** Where they are served, with the headers for threads. */
  get origin(): string {
    return this.#served.origin;
  }

  async stop(): Promise<void> {
    await this.#served.stop();
    await this.pages.stop();
  }

  /** Opens and uses a page; what it asked for beyond itself, and what complained, in order of the alphabet. */
  async use(options: OpenOptions, use: (page: Page) => Promise<void>): Promise<readonly string[]> {
    const name = options.origin === undefined ? 'inside' : 'beside';
    const { page, noise } = await this.pages.open(name, options);
    await use(page);
    await page.context().close();
    return [...noise].toSorted();
  }
}
