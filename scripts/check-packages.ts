/**
 * Are the tarballs fit to publish? Packs them, asks publint and attw, and uses them as a stranger would: installed in an empty folder,
 * the README's quickstart under Node 22 and 24, through the type checker and bundled in Chromium; and the kit's CLI on the naive backend.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { notRunLines, unexcused, type NotRun } from './not-run.ts';
import { installTarballs, tryInChromium, tryInNode, typeCheck } from './packages/consumer.ts';
import { tryKit } from './packages/kit.ts';
import { node22 } from './packages/node-22.ts';
import { checkTarballs, packAll, PUBLISHED } from './packages/pack.ts';
import { readQuickstart } from './packages/quickstart.ts';
import { probeChromium } from './setup/chromium/probe.ts';
import { searchChromium } from './setup/chromium/search.ts';
import { SOURCES } from './setup/chromium/sources.ts';
import { ROOT } from './setup/paths.mjs';
import { exitWith, say } from './setup/say.mjs';
import { turbo } from './steps.ts';

const READMES = ['README.md', 'packages/laxconv/README.md'];

async function main(): Promise<number> {
  // tsc leaves what it once made of a source that is gone.
  for (const source of Object.values(PUBLISHED)) rmSync(join(ROOT, source, 'dist'), { recursive: true, force: true });
  await turbo('building the packages', 'the build failed, so there is nothing to pack', ['build']);
  const work = mkdtempSync(join(tmpdir(), 'laxconv-packages-'));
  try {
    const tarballs = await packAll(join(work, 'tarballs'));
    await checkTarballs(tarballs);
    const notRun = await tryQuickstarts(join(work, 'consumer'), tarballs);
    await tryKit(join(work, 'kit'), await node22(), tarballs);
    console.log(notRunLines(notRun).join('\n'));
    return unexcused(notRun).length === 0 ? 0 : 1;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function tryQuickstarts(folder: string, tarballs: Readonly<Record<string, string>>): Promise<NotRun[]> {
  const browser = await searchChromium(SOURCES, probeChromium);
  const oldest = await node22();
  await installTarballs(folder, ['laxconv'], tarballs);
  for (const readme of READMES) {
    say(`trying the quickstart of ${readme}`);
    const quickstart = readQuickstart(join(ROOT, readme));
    await tryInNode(folder, oldest, '22', quickstart);
    await tryInNode(folder, process.execPath, process.versions.node, quickstart);
    await typeCheck(folder, quickstart);
    if ('path' in browser) await tryInChromium(folder, browser.path, quickstart);
  }
  return 'what' in browser ? [browser] : [];
}

try {
  process.exitCode = await main();
} catch (error) {
  exitWith(error);
}
