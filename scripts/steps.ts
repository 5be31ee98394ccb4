/**
 * Steps of a command: a line that says what runs and why, the tool's own output, and one sentence where it fails.
 */
import { join } from 'node:path';
import process from 'node:process';
import { ROOT } from './setup/paths.mjs';
import { run } from './setup/process.mjs';
import { say, SetupError } from './setup/say.mjs';

/** What the commands write for people: the report, what did not run, results of the last run. Git-ignored. */
export const REPORT = join(ROOT, 'report');

/** A program from the root's devDependencies. */
export function tool(name: string): string {
  return join(ROOT, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name);
}

/** Runs one step and gives its exit code; its output goes to the terminal. */
export async function step(what: string, command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<number> {
  say(what);
  return (await run(command, args, { cwd: ROOT, env })).code;
}

/** Runs a step that everything after it needs. */
export async function need(
  what: string,
  failure: string,
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const code = await step(what, command, args, env);
  if (code !== 0) throw new SetupError(`${failure} (exit code ${code}; the output above is the tool's own).`, code);
}

/** Turbo reports home, and asks after its own newest version, unless told not to. */
export const TURBO_ALONE = { TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1', DO_NOT_TRACK: '1' } as const;

/** Turbo tasks over the whole workspace; what did not change comes from its cache. */
export async function turbo(what: string, failure: string, tasks: readonly string[]): Promise<void> {
  const env = { ...process.env, ...TURBO_ALONE };
  await need(what, failure, tool('turbo'), ['run', ...tasks, '--ui=stream', '--output-logs=errors-only'], env);
}
