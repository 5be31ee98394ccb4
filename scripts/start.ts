/**
 * `npm start`: build, the conformance suite on every backend, a quick benchmark, and the report. Exits 1 when a result is wrong, after
 * the report is written.
 */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { BACKENDS, type RepositoryBackend } from './backends.ts';
import { notRunLines, unexcused, writeNotRun, type NotRun } from './not-run.ts';
import { BENCH_RESULT, conformanceResult, NOT_RUN, REPORT_PAGE, writeReport } from './report.ts';
import { ROOT } from './setup/paths.mjs';
import { exitWith, say, SetupError } from './setup/say.mjs';
import { probeAdapter } from './setup/webgpu/probe.ts';
import { searchAdapter } from './setup/webgpu/search.ts';
import { driverSources } from './setup/webgpu/sources.ts';
import { REPORT, step, turbo } from './steps.ts';

/** What this command leaves to `npm test`, on every machine. */
const LEFT_TO_TESTS: readonly NotRun[] = [
  { what: 'chromium', why: '`npm start` runs the backends in Node only', how: '`npm test` runs the suite in Chromium too.' },
];

async function main(): Promise<number> {
  rmSync(REPORT_PAGE, { force: true });
  mkdirSync(REPORT, { recursive: true });
  await turbo('building the packages', 'the build failed, so there is nothing to run', ['build']);

  const adapter = await searchAdapter(driverSources(), probeAdapter);
  const notRun = 'what' in adapter ? [...LEFT_TO_TESTS, adapter] : LEFT_TO_TESTS;
  const env = 'what' in adapter ? process.env : { ...process.env, ...adapter.env };
  const problems: string[] = [];
  // The report takes what is there, and nothing of an earlier run may be.
  for (const { name } of BACKENDS) rmSync(conformanceResult(name), { force: true });
  for (const backend of BACKENDS.filter(({ needsAdapter }) => !needsAdapter || 'env' in adapter)) {
    const json = conformanceResult(backend.name);
    const code = await runConformance(backend, json, env);
    if (code > 1)
      throw new SetupError(`the conformance suite could not run on ${backend.name} (exit code ${code}; its message is above).`, code);
    if (code !== 0) problems.push(`conformance failed on ${backend.name}`);
  }

  rmSync(BENCH_RESULT, { force: true });
  // An adapter that computes on the CPU says nothing about how fast webgpu is.
  const timed = BACKENDS.filter(({ needsAdapter }) => !needsAdapter).map(({ name }) => name);
  const benchArgs = ['bench/dist/cli.js', '--backends', timed.join(','), '--output', BENCH_RESULT];
  const bench = await step('a quick benchmark; each result is verified before it is timed', process.execPath, benchArgs);
  if (bench > 1) throw new SetupError(`the benchmark could not run (exit code ${bench}; its message is above).`, bench);
  if (bench !== 0) problems.push('a benchmarked result is wrong');

  writeNotRun(NOT_RUN, notRun);
  const report = await writeReport();
  if (report > 1) throw new SetupError(`the report could not be written (exit code ${report}; its message is above).`, report);
  if (report !== 0 && problems.length === 0) problems.push('a cell of the notebook differs from JAX');

  if ('what' in adapter && unexcused([adapter]).length > 0) problems.push(`CI is set and ${adapter.what} did not run`);

  console.log(['', ...notRunLines(notRun)].join('\n'));
  if (problems.length > 0) say(`failed: ${problems.join('; ')}`);
  say(`the report is ${REPORT_PAGE}`);
  return problems.length === 0 ? 0 : 1;
}

function runConformance({ name, module, options }: RepositoryBackend, json: string, env: NodeJS.ProcessEnv): Promise<number> {
  const expectations = join(ROOT, 'conformance', 'expectations', `${name}.jsonc`);
  return step(
    `conformance of ${name}, against JAX's goldens and by properties`,
    process.execPath,
    [
      'conformance/bin/conformance.js',
      'run',
      '--backend',
      module,
      ...(Object.keys(options).length === 0 ? [] : ['--backend-options', JSON.stringify(options)]),
      ...(existsSync(expectations) ? ['--expectations', expectations] : []),
      '--json',
      json,
      '--junit',
      json.replace(/\.json$/, '.xml'),
    ],
    env,
  );
}

try {
  process.exitCode = await main();
} catch (error) {
  exitWith(error);
}
