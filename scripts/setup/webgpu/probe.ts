/** Starts an adapter as the tests will, to know that it works before they depend on it. */
import { join } from 'node:path';
import process from 'node:process';
import { ROOT } from '../paths.mjs';
import { run } from '../process.mjs';
import type { AdapterProbe } from './search.ts';

const TIMEOUT_MS = 60_000;

export const probeAdapter: AdapterProbe = async (env) => {
  const program = join(ROOT, 'scripts', 'setup', 'webgpu', 'adapter.ts');
  const { code, output } = await run(process.execPath, [program], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    quiet: true,
    timeoutMs: TIMEOUT_MS,
  });
  // Drivers and Dawn write lines of their own around it.
  const line = output.split('\n').find((each) => each.startsWith('{') || each === 'null');
  if (code !== 0 || line === undefined) return { reason: output.trim().split('\n').at(-1) ?? `exit code ${code}` };
  const found = JSON.parse(line) as { readonly name: string; readonly isSoftware: boolean } | null;
  return found ?? { reason: 'no adapter' };
};
