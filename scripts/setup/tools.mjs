/**
 * Programs that the set-up takes from npm and that are no dependency of the repository, each in a folder of its own in `.tools/`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NPM_FLAGS, TOOLS } from './paths.mjs';
import { run } from './process.mjs';

/**
 * Where a version of npm's package lies once it is installed.
 * @param {string} name
 * @param {string} version
 */
export function toolFolder(name, version) {
  return join(TOOLS, `${name}-${version}`);
}

/**
 * Installs it there. Some versions of npm hold install scripts back until they are approved, so none is run: whoever needs one runs it
 * by hand.
 * @param {string} name
 * @param {string} version
 * @returns {Promise<number>} npm's exit code.
 */
export async function installTool(name, version) {
  const folder = toolFolder(name, version);
  mkdirSync(folder, { recursive: true });
  // A package.json of its own, so that npm installs here and not at the repository's root.
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const args = ['install', '--prefix', folder, '--ignore-scripts', ...NPM_FLAGS, `${name}@${version}`];
  return (await run('npm', args, { cwd: folder })).code;
}
