/**
 * Python with real JAX, in an environment of its own: `.venv`, made from `goldens-requirements.txt` and kept until that changes. Only who
 * makes or checks goldens needs Python.
 */
import { RULES } from '@laxconv/api';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { ROOT } from '../setup/paths.mjs';
import { firstLine, run } from '../setup/process.mjs';
import { say, SetupError } from '../setup/say.mjs';

const VENV = join(ROOT, '.venv');
const REQUIREMENTS = join(ROOT, 'scripts', 'goldens-requirements.txt');
const PYTHON = process.platform === 'win32' ? join(VENV, 'Scripts', 'python.exe') : join(VENV, 'bin', 'python');
/** JAX 0.10.2 asks for at least this. */
const OLDEST = [3, 11];

/** Runs `generate-goldens.py`. */
export async function runGenerator(args: readonly string[]): Promise<void> {
  await installRequirements();
  const classes = Object.fromEntries(Object.entries(RULES).map(([rule, { jaxError }]) => [rule, jaxError]));
  const script = join(ROOT, 'scripts', 'generate-goldens.py');
  const code = await runWithInput(PYTHON, [script, '--cache', join(VENV, 'cache'), ...args], JSON.stringify(classes));
  if (code !== 0) throw new SetupError(`the goldens are not as they should be (exit code ${code}; the lines above say which).`, code);
}

async function installRequirements(): Promise<void> {
  const wanted = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex');
  const stamp = join(VENV, 'requirements.sha256');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(PYTHON)) return;
  const python = findPython();
  say(`making .venv with ${python} and installing JAX, which makes the goldens`);
  await need(python, ['-m', 'venv', '--clear', VENV], 'could not make a virtual environment; Debian has it in the package python3-venv');
  await need(PYTHON, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS], 'could not install JAX');
  writeFileSync(stamp, wanted);
}

function findPython(): string {
  for (const name of ['python3.11', 'python3', 'python']) {
    const version = /^Python (\d+)\.(\d+)/.exec(firstLine(name) ?? '');
    if (version && Number(version[1]) === OLDEST[0] && Number(version[2]) >= OLDEST[1]) return name;
  }
  throw new SetupError(`making or checking the goldens needs Python ${OLDEST.join('.')} or newer on the PATH; nothing else here does.`);
}

async function need(command: string, args: readonly string[], failure: string): Promise<void> {
  const { code } = await run(command, args, { cwd: ROOT });
  if (code !== 0) throw new SetupError(`${failure} (exit code ${code}; the output above is the tool's own).`, code);
}

function runWithInput(command: string, args: readonly string[], input: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' };
    const child = spawn(command, args, { cwd: ROOT, env, stdio: ['pipe', 'inherit', 'inherit'] });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
    // A generator that ended early has said why.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
