/**
 * Set-up, then hand-over: pnpm, packages, and the command's own script under the pinned Node.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installPackages } from './packages.mjs';
import { PINNED_NODE, ROOT } from './paths.mjs';
import { findPnpm } from './pnpm.mjs';
import { exitLike, run } from './process.mjs';
import { exitWith, SetupError } from './say.mjs';

/** Command → its script, and arguments that it implies. */
const COMMANDS = new Map([
  ['start', ['start.ts']],
  ['build', ['build.ts']],
  ['test', ['test.ts']],
  ['test:full', ['test.ts', '--full']],
  ['bench', ['bench.ts']],
  ['bench:cold', ['bench.ts', '--cold']],
  ['bench:compare', ['bench.ts', '--compare-results']],
  ['bench:sizes', ['bench.ts', '--cold', '--sizes']],
  ['bench:stopwatch', ['bench.ts', '--stopwatch', '--compare']],
  ['gpu:bundle', ['gpu-bundle.ts']],
  ['dashboard', ['dashboard.ts']],
  ['goldens', ['goldens.ts']],
  ['goldens:check', ['goldens-check.ts']],
  ['pictures', ['pictures.ts']],
  ['readme', ['update-readme.ts']],
  ['semantics', ['update-semantics.ts']],
  ['mutation', ['mutation.ts']],
  ['fuzz', ['fuzz.ts']],
  ['docs:api', ['docs.ts']],
  ['docs:check', ['docs.ts', '--check']],
  ['check', ['check.ts']],
  ['remote-cache:check', ['remote-cache-check.ts']],
  ['packages:check', ['check-packages.ts']],
]);

/** @param {readonly string[]} argv Command and its arguments. */
export async function main([command = '', ...args]) {
  try {
    const [script, ...implied] = COMMANDS.get(command) ?? [];
    if (script === undefined || !existsSync(join(ROOT, 'scripts', script))) {
      throw new SetupError(`there is no command "${command}"; there are ${[...COMMANDS.keys()].join(', ')}.`);
    }
    const env = await installPackages(await findPnpm());
    const child = await run(PINNED_NODE, ['--conditions=@laxconv/source', join(ROOT, 'scripts', script), ...implied, ...args], {
      cwd: ROOT,
      env,
    });
    exitLike(child.code);
  } catch (error) {
    exitWith(error);
  }
}
