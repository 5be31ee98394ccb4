/**
 * `pnpm mutation [FILE …]`: changes the code of the api's resolution and of the naive backend in small ways, one at a time, and runs
 * the tests on each. What no test notices stands in report/mutation/mutation.html; docs/mutation.md explains what may stay there.
 * Takes about an hour for all of it; what did not change since the last run is taken from there. Not in CI.
 */
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { exitWith, say } from './setup/say.mjs';
import { REPORT, step, tool } from './steps.ts';

const CONFIG = 'scripts/mutation/stryker.config.mjs';

try {
  const files = process.argv.slice(2);
  const only = files.length === 0 ? [] : ['--mutate', files.join(',')];
  process.exitCode = await step('mutating the code and testing each mutant', tool('stryker'), ['run', CONFIG, ...only]);
  say(`the mutants are in ${pathToFileURL(join(REPORT, 'mutation', 'mutation.html')).href}`);
} catch (error) {
  exitWith(error);
}
