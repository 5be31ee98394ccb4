/** Writes the report: the dashboard with the last results of `npm start`, earlier benchmarks as history, and published results. */
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { ROOT } from './setup/paths.mjs';
import { REPORT, step } from './steps.ts';

/** The page that people open. */
export const REPORT_PAGE = join(REPORT, 'index.html');
/** What `npm start` writes, and the report shows as the last run. */
export const BENCH_RESULT = join(REPORT, 'bench.json');
export const NOT_RUN = join(REPORT, 'not-run.json');

/** The file of a backend's conformance run. */
export function conformanceResult(backend: string): string {
  return join(REPORT, `conformance-${backend}.json`);
}

const RESULTS = join(ROOT, 'bench', 'results');
/** So many of the newest benchmarks of this machine are embedded; a page that has all of them grows without end. */
const NEWEST = 10;

/** The exit code of the writer: 0 all right, 1 something in the results is not, more: there is no page. */
export function writeReport(): Promise<number> {
  const files = (pattern: string): string[] =>
    globSync(pattern, { cwd: RESULTS })
      .toSorted()
      .map((name) => join(RESULTS, name));
  return step("the notebook, held to JAX's values, and the report", process.execPath, [
    'bench/dist/report/cli.js',
    ...option('--results', [...globSync(join(REPORT, 'conformance-*.json')).toSorted(), ...[BENCH_RESULT].filter(existsSync)]),
    ...option('--history', [...files('published/bench-*.json'), ...files('local/*.json').slice(-NEWEST)]),
    ...option('--peer-results', files('published/peers/*.json')),
    ...option('--not-run', [NOT_RUN].filter(existsSync)),
    '--output',
    REPORT_PAGE,
  ]);
}

function option(name: string, files: readonly string[]): readonly string[] {
  return files.length === 0 ? [] : [name, ...files];
}
