/**
 * The packages that the lockfile names, Node 24 among them.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { PINNED_NODE, ROOT, withPath } from './paths.mjs';
import { firstLine, run } from './process.mjs';
import { say, SetupError } from './say.mjs';

const PNPM_FLAGS = [
  '--frozen-lockfile',
  '--reporter=append-only',
  '--config.fetch-retries=2',
  '--config.fetch-retry-mintimeout=1000',
  '--config.fetch-retry-maxtimeout=4000',
];

/**
 * Installs the packages, or finds them in place.
 * @param {NodeJS.ProcessEnv} env With pnpm on its PATH.
 * @returns {Promise<NodeJS.ProcessEnv>} An environment in which `node` is Node 24.
 */
export async function installPackages(env) {
  const present = existsSync(join(ROOT, 'node_modules', '.modules.yaml'));
  if (!present) say('installing the packages of pnpm-lock.yaml into node_modules/, Node 24 among them (about 400 MB; a minute or so)');
  const install = await run('pnpm', ['install', ...PNPM_FLAGS], { cwd: ROOT, env, quiet: present });
  if (install.code !== 0) {
    if (present) process.stderr.write(install.output);
    throw new SetupError(
      `the packages could not be installed: pnpm failed with exit code ${install.code} (its message is above). ` +
        'Without network this works only once everything is in place: check the connection or the proxy and registry settings, and run the command again.',
    );
  }
  const version = await pinnedNode(env);
  say(
    `${present ? 'packages are up to date' : 'packages are installed'}; going on with Node ${version} from node_modules (this machine's own is ${process.versions.node})`,
  );
  return withPath([dirname(PINNED_NODE)], env);
}

/**
 * The version of Node in node_modules; an interrupted install leaves the package there without the program.
 * @param {NodeJS.ProcessEnv} env
 */
async function pinnedNode(env) {
  let version = firstLine(PINNED_NODE);
  if (version === undefined) {
    say('unpacking Node 24 again, because an earlier install did not finish');
    await run('pnpm', ['rebuild', 'node'], { cwd: ROOT, env });
    version = firstLine(PINNED_NODE);
  }
  if (version === undefined) {
    throw new SetupError(
      `Node 24 from the package \`node\` does not run on this system (${process.platform} ${process.arch}): it needs Linux with glibc, macOS or Windows, on x64 or arm64. ` +
        'If this is one of them, delete node_modules and run the command again.',
    );
  }
  return version.replace(/^v/, '');
}
