/**
 * The conformance kit as a third party uses it: its tarball and a backend's in an empty folder, and the CLI over the goldens it carries.
 */
import { join } from 'node:path';
import { run } from '../setup/process.mjs';
import { say, SetupError } from '../setup/say.mjs';
import { installTarballs } from './consumer.ts';

/** Runs the packed CLI on the packed naive backend. */
export async function tryKit(folder: string, node: string, tarballs: Readonly<Record<string, string>>): Promise<void> {
  await installTarballs(folder, ['@laxconv/conformance', '@laxconv/naive'], tarballs);
  const cli = join('node_modules', '@laxconv', 'conformance', 'bin', 'conformance.js');
  const result = await run(node, [cli, 'run', '--backend', '@laxconv/naive', '--filter', 'golden:*'], { cwd: folder, quiet: true });
  if (result.code !== 0)
    throw new SetupError(`the packed conformance kit fails on the packed naive backend (exit code ${result.code}): ${result.output}`, 1);
  say(`the packed conformance kit runs on the packed naive backend: ${result.output.trim().split('\n').at(-1)}`);
}
