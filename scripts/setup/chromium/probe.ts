/**
 * Starts a browser as the tests will, to know that it works before they depend on it.
 */
import { chromium } from 'playwright';
import type { BrowserProbe } from './search.ts';

export const probeChromium: BrowserProbe = async (path) => {
  try {
    const browser = await chromium.launch({ executablePath: path, timeout: 60_000 });
    const version = browser.version();
    await browser.close();
    return { version };
  } catch (error) {
    return { reason: reasonOf(error) };
  }
};

/** Playwright's message holds the browser's whole log; the cause stands where a library or a file is missing. */
function reasonOf(error: unknown): string {
  const lines = String(error instanceof Error ? error.message : error)
    .split('\n')
    .map((line) => line.trim());
  const cause = lines.find((line) => /error while loading shared libraries|ENOENT|EACCES|not found/i.test(line));
  return cause ?? lines[0] ?? 'no reason given';
}
