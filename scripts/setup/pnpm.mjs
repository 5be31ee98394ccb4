/**
 * pnpm in the version that package.json pins: the machine's own if it is that one, else npm's package of that name in `.tools/`.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { pinnedPnpm, withPath } from './paths.mjs';
import { firstLine, run } from './process.mjs';
import { say, SetupError } from './say.mjs';
import { installTool, toolFolder } from './tools.mjs';

/**
 * Finds or installs pnpm.
 * @returns {Promise<NodeJS.ProcessEnv>} An environment in which `pnpm` is the pinned one.
 */
export async function findPnpm() {
  const version = pinnedPnpm();
  // Unless told not to, a pnpm of another version would download the pinned one to answer.
  const onPath = firstLine('pnpm', ['--version'], { ...process.env, npm_config_manage_package_manager_versions: 'false' });
  if (onPath === version) return { ...process.env };

  const folder = toolFolder('pnpm', version);
  const env = withPath([join(folder, 'node_modules', '.bin')]);
  if (existsSync(folder) && firstLine('pnpm', ['--version'], env) === version) return env;

  say(
    `installing pnpm ${version} into .tools/, because ${onPath === undefined ? 'this machine has none' : `this machine has ${onPath}`} and the repository is built with that version`,
  );
  const code = await installTool('pnpm', version);
  if (code !== 0) {
    throw new SetupError(
      `pnpm ${version} could not be installed: npm failed with exit code ${code} (its message is above). ` +
        `The first run needs the network: check the connection or npm's proxy and registry settings, or install pnpm ${version} yourself, and run the command again.`,
    );
  }
  // Puts the native binary in place of a launcher in JavaScript; where it cannot, the launcher serves.
  await run(process.execPath, ['install.js'], { cwd: join(folder, 'node_modules', 'pnpm'), quiet: true });
  if (firstLine('pnpm', ['--version'], env) !== version) {
    throw new SetupError(
      `pnpm ${version} was installed into .tools/ but does not run on this system (${process.platform} ${process.arch}). ` +
        `Install pnpm ${version} in your system's own way, so that \`pnpm --version\` prints ${version}, and run the command again.`,
    );
  }
  return env;
}
