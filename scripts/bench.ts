/**
 * `pnpm bench`: builds, then the benchmark with the arguments given (`pnpm bench --help` lists them). `--peers` installs the libraries
 * to compare with, if they are not there yet. `pnpm bench:cold` is the benchmark of cold starts, `pnpm bench:stopwatch` times a result's
 * peers once more, without the bench. A report that is there is written anew, with the result in its history.
 */
import { existsSync } from 'node:fs';
import process from 'node:process';
import { REPORT_PAGE, writeReport } from './report.ts';
import { installPeers } from './setup/peers.mjs';
import { exitLike, run } from './setup/process.mjs';
import { exitWith, say } from './setup/say.mjs';
import { ROOT } from './setup/paths.mjs';
import { turbo } from './steps.ts';

/**
 * glibc gives large blocks back to the system at once and takes fresh ones, page fault by page fault, for every result that a library
 * returns in new memory; when it does so depends on what ran before. With these it keeps them, and a round is like any other.
 */
const KEEP_MEMORY = { MALLOC_MMAP_THRESHOLD_: '67108864', MALLOC_TRIM_THRESHOLD_: '1073741824', MALLOC_TOP_PAD_: '67108864' };

/** What the first argument makes of it. */
const PROGRAMS = new Map([
  ['--cold', 'bench/dist/cold/cli.js'],
  ['--compare-results', 'bench/dist/compare/cli.js'],
  ['--stopwatch', 'bench/peers/stopwatch.mjs'],
]);
const chosen = PROGRAMS.get(process.argv[2] ?? '');
const program = chosen ?? 'bench/dist/cli.js';
const args = process.argv.slice(chosen === undefined ? 2 : 3);

try {
  await turbo('building the packages', 'the build failed, so there is nothing to time', ['build']);
  // A cold start is measured as it is.
  const env = program === PROGRAMS.get('--cold') ? process.env : { ...KEEP_MEMORY, ...process.env };
  if (args.some((arg) => /^--peers(=|$)/.test(arg))) await installPeers();
  const { code } = await run(process.execPath, [program, ...args], { cwd: ROOT, env });
  // 1: a result is wrong, and that is what one wants to look at.
  const hasResult = chosen === undefined && (code === 0 || code === 1) && !args.includes('--help');
  if (hasResult && existsSync(REPORT_PAGE)) await writeReport();
  else if (hasResult) say('`npm start` writes the report that shows this; afterwards every benchmark does');
  exitLike(code);
} catch (error) {
  exitWith(error);
}
