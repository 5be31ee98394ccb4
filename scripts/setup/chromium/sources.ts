/**
 * Where a Chromium can come from, nearest first: Playwright's own if it is there, the system's, Playwright's download, Debian's package.
 */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { chromium } from 'playwright';
import { tool } from '../../steps.ts';
import { ROOT } from '../paths.mjs';
import { run } from '../process.mjs';
import { say } from '../say.mjs';
import type { BrowserSource } from './search.ts';

const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const SYSTEM_PATHS: Readonly<Record<string, readonly string[]>> = {
  darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'],
  win32: ['C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe', 'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe'],
};
/** A download that makes no progress for so long is given up; one that is merely slow has ten minutes. */
const CONNECTION_TIMEOUT_MS = 10_000;
const DOWNLOAD_TIMEOUT_MS = 600_000;

const playwrightInstalled: BrowserSource = {
  name: "Playwright's own",
  find: () =>
    Promise.resolve(
      existsSync(chromium.executablePath()) ? { path: chromium.executablePath() } : { reason: "Playwright's own is not installed" },
    ),
};

const system: BrowserSource = {
  name: "the system's",
  find: () => {
    const folders = (process.env['PATH'] ?? '').split(delimiter);
    const candidates = [
      ...SYSTEM_NAMES.flatMap((name) => folders.map((folder) => join(folder, name))),
      ...(SYSTEM_PATHS[process.platform] ?? []),
    ];
    const path = candidates.find((candidate) => existsSync(candidate));
    return Promise.resolve(path === undefined ? { reason: 'the system has none' } : { path });
  },
};

const playwrightDownload: BrowserSource = {
  name: "Playwright's download",
  find: async () => {
    say('downloading Chromium with Playwright, because the tests run in a browser too and this machine has none (about 170 MB)');
    const env = { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: String(CONNECTION_TIMEOUT_MS) };
    const download = await run(tool('playwright'), ['install', 'chromium', '--no-shell'], {
      cwd: ROOT,
      env,
      quiet: true,
      progress: 'downloading',
      timeoutMs: DOWNLOAD_TIMEOUT_MS,
    });
    if (download.code === 0 && existsSync(chromium.executablePath())) return { path: chromium.executablePath() };
    const error = /Error: (.*)/.exec(download.output)?.[1];
    return {
      reason: `Playwright could not download it (${download.timedOut ? 'it took too long' : (error ?? `exit code ${download.code}`)})`,
    };
  },
};

const debian: BrowserSource = {
  name: "Debian's package",
  find: async () => {
    if (!existsSync('/usr/bin/apt-get')) return { reason: 'there is no apt-get to install it with' };
    if (process.env['LAXCONV_NO_SYSTEM_INSTALL'] === '1')
      return { reason: 'LAXCONV_NO_SYSTEM_INSTALL=1 forbids installing it with apt-get' };
    if (process.getuid?.() !== 0) return { reason: 'installing it with apt-get needs root' };
    say(
      'installing the Debian package chromium with apt-get, because the tests run in a browser too and Playwright could not download one',
    );
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const options = ['-q', '-o', 'Acquire::Retries=2', '-o', 'Acquire::http::Timeout=20', '-o', 'DPkg::Lock::Timeout=120'];
    const update = await run('apt-get', [...options, 'update'], { env, quiet: true, progress: 'reading package lists' });
    const install = await run('apt-get', [...options, 'install', '-y', '--no-install-recommends', 'chromium'], {
      env,
      quiet: true,
      progress: 'installing',
    });
    if (install.code === 0 && existsSync('/usr/bin/chromium')) return { path: '/usr/bin/chromium' };
    process.stderr.write(update.code === 0 ? install.output : update.output);
    return { reason: `apt-get could not install it (exit code ${install.code}, its output is above)` };
  },
};

export const SOURCES: readonly BrowserSource[] = [playwrightInstalled, system, playwrightDownload, debian];
