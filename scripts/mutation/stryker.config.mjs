/** Mutation testing of what the api resolves and of the naive backend; `pnpm mutation` runs it. */
import { fileURLToPath } from 'node:url';

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  packageManager: 'pnpm',
  testRunner: 'vitest',
  vitest: { configFile: 'scripts/mutation/vitest.config.ts', related: false },
  plugins: ['@stryker-mutator/vitest-runner', fileURLToPath(new URL('ignore-prose.mjs', import.meta.url))],
  ignorers: ['prose'],
  mutate: ['packages/naive/src/**/*.ts', 'packages/api/src/{resolve,ops,call}/**/*.ts', '!**/*.test.ts', '!**/*.test.fixture.ts'],
  // Tables and signatures are made when a module is loaded, so that each of their mutants runs every test in a fresh process; what a
  // wrong entry does shows in goldens of every dtype and function.
  ignoreStatic: true,
  coverageAnalysis: 'perTest',
  concurrency: 1,
  incremental: true,
  incrementalFile: 'report/mutation/incremental.json',
  tempDirName: 'report/mutation/sandbox',
  ignorePatterns: ['/report', '/bench', '/docs', '/.turbo', '/.tools', '/.venv', '/packages/*/dist', '/conformance/dist'],
  // Nothing is compiled here, and TypeScript 7 lacks the interface by which Stryker would rewrite the configuration: there is none.
  tsconfigFile: 'no-tsconfig',
  disableTypeChecks: false,
  allowEmpty: false,
  timeoutMS: 5_000,
  reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  htmlReporter: { fileName: 'report/mutation/mutation.html' },
  jsonReporter: { fileName: 'report/mutation/mutation.json' },
  thresholds: { high: 95, low: 90, break: 90 },
};
