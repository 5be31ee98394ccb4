/**
 * `pnpm remote-cache:check`: does turbo's remote cache work against a self-hosted server? Starts npm's `turborepo-remote-cache` on the
 * loopback address, builds one clone of the committed state, then a second one, which must get every task from the server.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { startServer } from './remote-cache/server.ts';
import { ROOT } from './setup/paths.mjs';
import { run } from './setup/process.mjs';
import { exitWith, say, SetupError } from './setup/say.mjs';
import { installTool, toolFolder } from './setup/tools.mjs';
import { TURBO_ALONE } from './steps.ts';

const SERVER = 'turborepo-remote-cache';
const VERSION = '2.12.0';
const TASKS = ['build', 'typecheck'];

/** Of a task in turbo's run summary. */
interface CachedTask {
  readonly taskId: string;
  readonly cache: { readonly status: 'HIT' | 'MISS'; readonly remote: boolean };
}

async function installServer(): Promise<string> {
  const folder = toolFolder(SERVER, VERSION);
  const program = join(folder, 'node_modules', SERVER, 'dist', 'cli.js');
  if (existsSync(program)) return program;
  say(`installing ${SERVER} ${VERSION} into .tools/`);
  const code = await installTool(SERVER, VERSION);
  if (code !== 0) throw new SetupError('the cache server could not be installed from npm (its message is above).');
  return program;
}

/** Clones, installs and runs the tasks: what turbo says about each. */
async function buildClone(folder: string, env: NodeJS.ProcessEnv): Promise<readonly CachedTask[]> {
  const turbo = join(folder, 'node_modules', '.bin', 'turbo');
  const steps: readonly (readonly [string, readonly string[], string])[] = [
    ['git', ['clone', '--quiet', ROOT, folder], tmpdir()],
    ['pnpm', ['install', '--frozen-lockfile', '--prefer-offline'], folder],
    [turbo, ['run', ...TASKS, '--summarize', '--output-logs=errors-only'], folder],
  ];
  for (const [command, args, cwd] of steps) {
    const result = await run(command, args, { cwd, env, quiet: true });
    if (result.code !== 0) throw new SetupError(`${command} ${args[0]} failed in a clone: ${result.output}`, 1);
  }
  const runs = join(folder, '.turbo', 'runs');
  const summary = JSON.parse(readFileSync(join(runs, readdirSync(runs)[0] ?? ''), 'utf8')) as { tasks: CachedTask[] };
  return summary.tasks.filter(({ cache }) => cache !== undefined);
}

async function main(): Promise<void> {
  const program = await installServer();
  const work = mkdtempSync(join(tmpdir(), 'laxconv-remote-cache-'));
  const token = randomBytes(16).toString('hex');
  const server = await startServer(program, join(work, 'storage'), token);
  try {
    say(`the cache server listens on ${server.url}`);
    const env = {
      ...process.env,
      ...TURBO_ALONE,
      TURBO_API: server.url,
      TURBO_TOKEN: token,
      TURBO_TEAM: 'team_laxconv',
      TURBO_CACHE: 'local:rw,remote:rw',
    };
    const first = await buildClone(join(work, 'first'), env);
    const hits = first.filter(({ cache }) => cache.status === 'HIT').length;
    if (hits > 0) throw new SetupError(`the first clone found ${hits} tasks in an empty cache.`, 1);
    say(`first clone: ${first.length} tasks ran and were stored`);
    const second = await buildClone(join(work, 'second'), env);
    const missed = second.filter(({ cache }) => cache.status !== 'HIT' || !cache.remote).map(({ taskId }) => taskId);
    if (missed.length > 0 || second.length !== first.length)
      throw new SetupError(`the second clone ran these itself: ${missed.join(', ')}.`, 1);
    say(`second clone: all ${second.length} tasks came from the server`);
  } finally {
    server.stop();
    rmSync(work, { recursive: true, force: true });
  }
}

try {
  await main();
} catch (error) {
  exitWith(error);
}
