/**
 * `npm test`: build, types, then every test, the browser's included. `--full` runs the random tests longer; other arguments go to vitest.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { NotRun } from './not-run.ts';
import { notRunLines, unexcused, writeNotRun } from './not-run.ts';
import { probeChromium } from './setup/chromium/probe.ts';
import { searchChromium } from './setup/chromium/search.ts';
import { SOURCES } from './setup/chromium/sources.ts';
import { exitWith, say, SetupError } from './setup/say.mjs';
import { probeAdapter } from './setup/webgpu/probe.ts';
import { searchAdapter } from './setup/webgpu/search.ts';
import { driverSources } from './setup/webgpu/sources.ts';
import { REPORT, step, tool, turbo } from './steps.ts';
import { countsLine, readCounts, total } from './test/counts.ts';

/** Random runs for each property in `npm run test:full`. */
const FULL_RUNS = 2000;

async function main(args: readonly string[]): Promise<number> {
  const full = args.includes('--full');
  const rest = args.filter((arg) => arg !== '--full');
  const browser = await searchChromium(SOURCES, probeChromium);
  const adapter = await searchAdapter(driverSources('path' in browser ? browser.path : undefined), probeAdapter);
  const notRun: NotRun[] = [...('what' in browser ? [browser] : []), ...('what' in adapter ? [await withCount(adapter)] : [])];
  writeNotRun(join(REPORT, 'not-run.json'), notRun);

  await turbo('building and type-checking the packages', 'the build or the type check failed, so nothing was tested', [
    'build',
    'typecheck',
  ]);

  const countsFile = join(REPORT, 'test-counts.json');
  rmSync(countsFile, { force: true });
  const env: NodeJS.ProcessEnv = { ...process.env, LAXCONV_COUNTS: countsFile };
  if ('path' in browser) env['LAXCONV_CHROMIUM'] = browser.path;
  Object.assign(env, 'what' in adapter ? { LAXCONV_WEBGPU: 'none' } : adapter.env);
  if (full)
    Object.assign(env, { LAXCONV_FULL: '1', LAXCONV_RUNS: String(FULL_RUNS), LAXCONV_SEED: String(Math.floor(Math.random() * 2 ** 31)) });
  const code = await step(
    full ? `testing, with ${FULL_RUNS} random runs for each property and the seed ${env['LAXCONV_SEED']}` : 'testing',
    tool('vitest'),
    ['run', ...rest],
    env,
  );
  return close(code, countsFile, notRun);
}

/** Without an adapter thousands of tests do not run: the line says how many. */
async function withCount(notRun: NotRun): Promise<NotRun> {
  const { openSuite } = await import('@laxconv/conformance');
  const { tests } = await openSuite();
  return { ...notRun, why: `${notRun.why}: no adapter, ${tests.length} tests of the suite and those of the package not run` };
}

/** Prints the closing lines; a run that left something out is a failure in CI, and so is one whose counts are missing. */
function close(code: number, countsFile: string, notRun: readonly NotRun[]): number {
  const counts = readCounts(countsFile);
  if (counts === undefined)
    throw new SetupError(`vitest ended with exit code ${code} before any test ran (its output is above).`, code === 0 ? 1 : code);
  const lines = Object.entries(counts).map(([project, count]) => `${project}: ${countsLine(count)}`);
  const closing = [countsLine(total(counts)), ...notRunLines(notRun)];
  console.log(['', ...lines, ...closing].join('\n'));
  // For whoever runs more after the tests: .ci/run closes with these lines.
  writeFileSync(join(REPORT, 'test-summary.txt'), `${closing.join('\n')}\n`);
  const missing = unexcused(notRun).map(({ what }) => what);
  if (missing.length === 0) return code;
  say(`failed, because CI is set and ${missing.join(', ')} did not run; LAXCONV_WITHOUT=${missing.join(',')} would excuse it`);
  return code === 0 ? 1 : code;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  exitWith(error);
}
