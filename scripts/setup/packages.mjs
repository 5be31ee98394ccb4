/**
 * The packages that the lockfile names, Node 24 among them.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { NPM_FLAGS, PINNED_NODE, pinnedPnpm, ROOT, withPath } from './paths.mjs';
import { firstLine, run } from './process.mjs';
import { say, SetupError } from './say.mjs';

const INSTALL = ['install', '--frozen-lockfile', '--reporter=append-only'];
const STAMP = join(ROOT, 'node_modules', '.laxconv-installed');

/**
 * Installs the packages, or finds them in place.
 * @param {NodeJS.ProcessEnv} env With pnpm on its PATH.
 * @returns {Promise<NodeJS.ProcessEnv>} An environment in which `node` is Node 24.
 */
export async function installPackages(env) {
  const wanted = fingerprint();
  let done = 'packages are up to date';
  if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== wanted || firstLine(PINNED_NODE) === undefined) {
    done = await install(env);
  }
  const version = await pinnedNode(env);
  writeFileSync(STAMP, wanted);
  say(`${done}; going on with Node ${version} from node_modules`);
  return withPath([dirname(PINNED_NODE)], env);
}

/** Changes when the packages to install do. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml']) hash.update(readFileSync(join(ROOT, file)));
  return hash.digest('hex');
}

/**
 * From pnpm's store alone if it can, which takes a moment and no network; else from the registry.
 * @param {NodeJS.ProcessEnv} env
 */
async function install(env) {
  const fromStore = await run('pnpm', [...INSTALL, '--offline'], { cwd: ROOT, env, quiet: true });
  if (fromStore.code === 0) return "packages are installed from pnpm's store";
  say('installing the packages of pnpm-lock.yaml into node_modules/, Node 24 among them (about 450 MB; a minute or so)');
  await needRegistry(env);
  const fromRegistry = await run('pnpm', INSTALL, { cwd: ROOT, env });
  if (fromRegistry.code !== 0) {
    throw new SetupError(
      `the packages could not be installed: pnpm failed with exit code ${fromRegistry.code} (its message is above). ` +
        "Check the connection, the free space on the disk, and npm's proxy and registry settings, and run the command again.",
    );
  }
  return 'packages are installed';
}

/**
 * Asks the registry one small question, because pnpm without network would ask hundreds before it gives up.
 * @param {NodeJS.ProcessEnv} env
 */
async function needRegistry(env) {
  const answer = await run('npm', ['view', `pnpm@${pinnedPnpm()}`, 'version', ...NPM_FLAGS], { cwd: ROOT, env, quiet: true });
  if (answer.code === 0) return;
  process.stderr.write(answer.output);
  throw new SetupError(
    "the packages could not be installed: npm's registry cannot be reached (npm's message is above), and not all of them are in pnpm's store. " +
      "The first run needs the network: check the connection or npm's proxy and registry settings, and run the command again.",
  );
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
