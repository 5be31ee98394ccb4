/**
 * The libraries that the benchmark compares with (`bench/peers/package.json`). Half a gigabyte that nobody needs who does not compare, so
 * they are outside the workspace, and `pnpm bench --peers` installs them when it is first asked for.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { ROOT } from './paths.mjs';
import { run } from './process.mjs';
import { say } from './say.mjs';

const FOLDER = join(ROOT, 'bench', 'peers');
const STAMP = join(FOLDER, 'node_modules', '.laxconv-installed');
// onnxruntime-node's install script would fetch libraries for GPUs; the one for the CPU is in the package.
const INSTALL = ['install', '--dir', FOLDER, '--ignore-workspace', '--frozen-lockfile', '--ignore-scripts', '--reporter=append-only'];

/**
 * Installs what `bench/peers/pnpm-lock.yaml` names, or finds it in place. Where that fails, the benchmark says of each peer that it is
 * missing, and times the rest.
 * @param {NodeJS.ProcessEnv} [env] With pnpm on its PATH.
 */
export async function installPeers(env = process.env) {
  const wanted = createHash('sha256')
    .update(readFileSync(join(FOLDER, 'pnpm-lock.yaml')))
    .digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  say('installing the libraries to compare with into bench/peers/node_modules (about 500 MB; only the first time)');
  const { code } = await run('pnpm', INSTALL, { cwd: FOLDER, env });
  if (code !== 0) {
    say(`the peers could not be installed: pnpm failed with exit code ${code} (its message is above). Going on with what is there.`);
    return;
  }
  writeFileSync(STAMP, wanted);
}
