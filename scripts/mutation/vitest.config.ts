/**
 * The tests that mutants are held to: the unit tests beside the code, then the suite on the naive backend. One worker, because
 * Stryker starts it anew for each mutant and stops it at the first test that fails.
 */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Small files first: they take the least time to fail. */
class UnitTestsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isSuite = ({ moduleId }: TestSpecification): number => Number(moduleId.endsWith('suite.ts'));
    return files.toSorted((a, b) => isSuite(a) - isSuite(b) || a.moduleId.localeCompare(b.moduleId));
  }
}

/** The workspace's packages as they lie beside this file: Stryker mutates a copy of them, which node_modules does not lead to. */
function source(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@laxconv\/api\/backend$/, replacement: source('packages/api/src/backend.ts') },
      { find: /^@laxconv\/(api|naive)$/, replacement: source('packages/$1/src/index.ts') },
      { find: /^@laxconv\/conformance$/, replacement: source('conformance/src/index.ts') },
    ],
  },
  test: {
    include: ['packages/naive/src/**/*.test.ts', 'packages/api/src/{call,ops,resolve}/**/*.test.ts', 'scripts/mutation/suite.ts'],
    environment: 'node',
    pool: 'threads',
    isolate: false,
    fileParallelism: false,
    testTimeout: 60_000,
    sequence: { sequencer: UnitTestsFirst },
  },
});
