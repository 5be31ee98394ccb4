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

/**
 * glibc gives large blocks back to the system at once and takes fresh ones, page fault by page fault, for every result that a library
 * returns in new memory; when it does so depends on what ran before. With these it keeps them, and a round is like any other.
 */
const KEEP_MEMORY = { MALLOC_MMAP_THRESHOLD_: '67108864', MALLOC_TRIM_THRESHOLD_: '1073741824', MALLOC_TOP_PAD_: '67108864' };

const cold = process.argv[2] === '--cold';
const args = process.argv.slice(cold ? 3 : 2);

try {
  await turbo('building the packages', 'the build failed, so there is nothing to time', ['build']);
  // A cold start is measured as it is.
  const env = cold ? process.env : { ...KEEP_MEMORY, ...process.env };
  if (args.some((arg) => /^--peers(=|$)/.test(arg))) await installPeers();
  exitLike((await run(process.execPath, [cold ? 'bench/dist/cold/cli.js' : 'bench/dist/cli.js', ...args], { cwd: ROOT, env })).code);
} catch (error) {
  exitWith(error);
}
