/**
 * Child processes: their output is the user's, their exit code and signals are ours.
 */
import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import process from 'node:process';

/** @typedef {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, quiet?: boolean, progress?: string }} RunOptions */
/** @typedef {{ code: number, output: string, timedOut: boolean }} RunResult */

/** @type {readonly NodeJS.Signals[]} */
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const HEARTBEAT_MS = 15_000;

/**
 * Windows starts `.cmd` shims only through a shell.
 * @param {string} command
 */
function needsShell(command) {
  return process.platform === 'win32' && !command.endsWith('.exe');
}

/**
 * Runs a program and waits. Its output goes to the terminal, or with `quiet` into the result; with `progress` a line now and then
 * says that it is still at it.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>} `code` is 127 when there is no such program, 128 + n when signal n ended it.
 */
export function run(command, args, options = {}) {
  const { cwd, env = process.env, timeoutMs, quiet = false, progress } = options;
  const started = Date.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit', shell: needsShell(command) });
    let output = '';
    let timedOut = false;
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (output += text));
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => ((timedOut = true), child.kill('SIGKILL')), timeoutMs);
    /** @param {NodeJS.Signals} signal */
    const forward = (signal) => {
      // Ctrl-C in a terminal reaches the child by itself, and twice means "now" to most tools.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    for (const signal of FORWARDED) process.on(signal, forward);
    const heart =
      progress === undefined
        ? undefined
        : setInterval(() => console.log(`laxconv: … ${progress} (${Math.round((Date.now() - started) / 1000)} s)`), HEARTBEAT_MS);
    /** @param {number} code */
    const done = (code) => {
      clearTimeout(timer);
      clearInterval(heart);
      for (const signal of FORWARDED) process.off(signal, forward);
      resolve({ code, output, timedOut });
    };
    child.on('error', (error) => {
      output += `${error.message}\n`;
      if (!quiet) console.error(error.message);
      done(127);
    });
    child.on('close', (code, signal) => done(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}

/**
 * Ends this process as the child ended: by the same signal, or with the same code.
 * @param {number} code As {@link run} gives it.
 */
export function exitLike(code) {
  const signal = FORWARDED.find((name) => 128 + constants.signals[name] === code);
  if (signal !== undefined) process.kill(process.pid, signal);
  process.exit(code);
}

/**
 * The first line that a program prints, or undefined when it does not run.
 * @param {string} command
 * @param {readonly string[]} [args]
 * @param {NodeJS.ProcessEnv} [env]
 */
export function firstLine(command, args = ['--version'], env = process.env) {
  const result = spawnSync(command, args, { encoding: 'utf8', env, shell: needsShell(command), timeout: 30_000 });
  return result.status === 0 ? result.stdout.trim().split('\n')[0] : undefined;
}
