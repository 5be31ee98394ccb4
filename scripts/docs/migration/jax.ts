/** Runs calls of JAX, in one Python process: LAXCONV_PYTHON, or the environment that `pnpm goldens` makes. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { ROOT } from '../../setup/paths.mjs';
import type { Example } from '../examples.ts';

/** Importing JAX and compiling takes this long on a slow machine. */
const TIMEOUT_MS = 120_000;

/** Reads a JSON list of expressions, prints that of their values. */
const PROGRAM = `
import json, sys
import numpy as np
import jax
import jax.numpy as jnp
import jax.scipy.signal

def count(*shape):
    return jnp.asarray(np.arange(np.prod(shape, dtype=int)) % 5, dtype=jnp.float32).reshape(shape)

def plain(value):
    return [plain(item) for item in value] if isinstance(value, (list, tuple)) else np.asarray(value).tolist()

print(json.dumps([plain(eval(code)) for code in json.load(sys.stdin)]))
`;

/** The Python that has JAX, if one does. */
export function findJax(): string | undefined {
  const candidates = [process.env['LAXCONV_PYTHON'], join(ROOT, '.venv', 'bin', 'python')];
  return candidates.find((python) => python !== undefined && python !== '' && existsSync(python));
}

/** The results, as nested lists. Throws an Error with Python's words. */
export function runJaxExamples(examples: readonly Example[]): Promise<readonly unknown[]> {
  const input = JSON.stringify(examples.map(({ code }) => code));
  const env = { ...process.env, JAX_PLATFORMS: 'cpu' };
  const { status, stdout, stderr } = spawnSync(findJax() ?? 'python3', ['-c', PROGRAM], {
    input,
    env,
    encoding: 'utf8',
    timeout: TIMEOUT_MS,
  });
  if (status !== 0) throw new Error(`Python ended with ${status}: ${stderr}`);
  return Promise.resolve(JSON.parse(stdout) as unknown[]);
}
