/**
 * `pnpm bench`: builds, then the benchmark with the arguments given (`pnpm bench --help` lists them). `--peers` installs the libraries
 * to compare with, if they are not there yet. `pnpm bench:cold` is the benchmark of cold starts.
 */
import process from 'node:process';
import { installPeers } from './setup/peers.mjs';
import { exitLike, run } from './setup/process.mjs';
import { exitWith } from './setup/say.mjs';
import { ROOT } from './setup/paths.mjs';
import { turbo } from './steps.ts';

const cold = process.argv[2] === '--cold';
const args = process.argv.slice(cold ? 3 : 2);

try {
  await turbo('building the packages', 'the build failed, so there is nothing to time', ['build']);
  if (args.some((arg) => /^--peers(=|$)/.test(arg))) await installPeers();
  exitLike((await run(process.execPath, [cold ? 'bench/dist/cold/cli.js' : 'bench/dist/cli.js', ...args], { cwd: ROOT })).code);
} catch (error) {
  exitWith(error);
}
