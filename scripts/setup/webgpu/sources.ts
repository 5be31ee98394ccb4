/**
 * Where a driver for WebGPU in Node can come from, nearest first: what the machine has, Debian's software driver (lavapipe), the software
 * driver that a Chromium brings along (SwiftShader).
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { run } from '../process.mjs';
import { say } from '../say.mjs';
import { lineForSuite } from './apt-source.ts';
import type { DriverSource } from './search.ts';

const OPTIONS = ['-q', '-o', 'Acquire::Retries=2', '-o', 'Acquire::http::Timeout=20', '-o', 'DPkg::Lock::Timeout=120'];
const SOURCES_LIST = '/etc/apt/sources.list';
const DRIVER = 'mesa-vulkan-drivers';
/** Dawn refuses Debian 12's own Mesa; its backports have a newer one. */
const NEEDS_BACKPORTS = 'bookworm';

const own: DriverSource = { name: "the machine's own driver", find: () => Promise.resolve({ env: {} }) };

const debian: DriverSource = {
  name: "Debian's package",
  find: async () => {
    if (!existsSync('/usr/bin/apt-get')) return { reason: 'there is no apt-get to install a driver with' };
    if (process.env['LAXCONV_NO_SYSTEM_INSTALL'] === '1')
      return { reason: 'LAXCONV_NO_SYSTEM_INSTALL=1 forbids installing one with apt-get' };
    if (process.getuid?.() !== 0) return { reason: 'installing one with apt-get needs root' };
    say(
      `installing the Debian packages libvulkan1 and ${DRIVER} with apt-get, because the tests run on WebGPU too and this machine has no driver`,
    );
    const folder = mkdtempSync(join(tmpdir(), 'laxconv-apt-'));
    try {
      return await install(folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

async function install(folder: string): Promise<{ readonly env: Record<string, string> } | { readonly reason: string }> {
  const codename = /^VERSION_CODENAME=(.*)$/m.exec(readIfThere('/etc/os-release'))?.[1] ?? '';
  const suite = codename === NEEDS_BACKPORTS ? `${codename}-backports` : undefined;
  const lists: string[] = [];
  if (suite !== undefined) {
    const line = lineForSuite(sourceTexts(), codename, suite);
    if (line === undefined) return { reason: `apt has no source for ${codename}, from which that of ${suite} could be told` };
    // It stands in for sources.list, whose lines are needed too; nothing in /etc is written.
    writeFileSync(join(folder, 'driver.list'), `${readIfThere(SOURCES_LIST)}\n${line}`);
    lists.push('-o', `Dir::Etc::sourcelist=${join(folder, 'driver.list')}`);
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const update = await run('apt-get', [...OPTIONS, ...lists, 'update'], { env, quiet: true, progress: 'reading package lists' });
  const packages = ['libvulkan1', suite === undefined ? DRIVER : `${DRIVER}/${suite}`];
  const installed = await run('apt-get', [...OPTIONS, ...lists, 'install', '-y', '--no-install-recommends', ...packages], {
    env,
    quiet: true,
    progress: 'installing',
  });
  if (installed.code === 0) return { env: {} };
  process.stderr.write(update.code === 0 ? installed.output : update.output);
  return { reason: `apt-get could not install a driver (exit code ${installed.code}, its output is above)` };
}

function sourceTexts(): string[] {
  const folder = '/etc/apt/sources.list.d';
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => /\.(list|sources)$/.test(name)) : [];
  return [SOURCES_LIST, ...names.map((name) => join(folder, name))].map(readIfThere);
}

function readIfThere(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** SwiftShader and a Vulkan loader lie beside the browser's program. */
function beside(browser: string | undefined): DriverSource {
  return {
    name: "Chromium's SwiftShader",
    find: () => {
      if (process.platform !== 'linux')
        return Promise.resolve({ reason: 'only on Linux does a Chromium bring a driver that Node can use' });
      const folders = [...(browser === undefined ? [] : [dirname(realpathSync(browser))]), '/usr/lib/chromium'];
      const folder = folders.find((each) => existsSync(join(each, 'vk_swiftshader_icd.json')));
      if (folder === undefined) return Promise.resolve({ reason: 'there is no Chromium that brings a driver along' });
      const paths = [process.env['LD_LIBRARY_PATH'], folder].filter((path) => path !== undefined && path !== '');
      const env = { VK_DRIVER_FILES: join(folder, 'vk_swiftshader_icd.json'), LD_LIBRARY_PATH: paths.join(':') };
      return Promise.resolve({ env });
    },
  };
}

/** The sources, nearest first; `browser`: the program of the Chromium that the tests use, where there is one. */
export function driverSources(browser?: string): readonly DriverSource[] {
  return [own, debian, beside(browser)];
}
