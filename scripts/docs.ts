/** `pnpm docs:api`: the API reference, from the sources to docs/api/reference. `pnpm docs:check` writes nothing; either fails on a warning. */
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { ROOT } from './setup/paths.mjs';
import { run } from './setup/process.mjs';
import { exitWith, say, SetupError } from './setup/say.mjs';

const FOLDER = join(ROOT, 'docs', 'api');

async function main(args: readonly string[]): Promise<void> {
  const check = args.includes('--check');
  say(check ? 'checking that the API reference can be written without a warning' : 'writing the API reference');
  const typedoc = join(FOLDER, 'node_modules', 'typedoc', 'bin', 'typedoc');
  const { code } = await run(process.execPath, [typedoc, ...(check ? ['--emit', 'none'] : [])], { cwd: FOLDER, env: process.env });
  if (code !== 0) throw new SetupError(`typedoc is not content with the documentation (exit code ${code}; its sentences are above).`, code);
  if (!check) say(`the reference is ${pathToFileURL(join(FOLDER, 'reference', 'index.html')).href}`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  exitWith(error);
}
