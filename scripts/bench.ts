/**
 * `pnpm bench`: builds, then the benchmark with the arguments given (`pnpm bench --help` lists them).
 */
import process from 'node:process';
import { exitLike, run } from './setup/process.mjs';
import { exitWith } from './setup/say.mjs';
import { ROOT } from './setup/paths.mjs';
import { turbo } from './steps.ts';

try {
  await turbo('building the packages', 'the build failed, so there is nothing to time', ['build']);
  exitLike((await run(process.execPath, ['bench/dist/cli.js', ...process.argv.slice(2)], { cwd: ROOT })).code);
} catch (error) {
  exitWith(error);
}
