/**
 * Holds a convolution backend to what real JAX computed and to what convolutions are.
 *
 * @example In vitest:
 * defineConformance({ name: 'mine', createBackend });
 * @example In a program:
 * const result = await runConformance({ createBackend });
 */

// running the suite
export { defineConformance, type DefineConformanceOptions } from './vitest/define-conformance.ts';
export { runConformance, type ConformanceOptions, type CreateBackend } from './run/run-conformance.ts';
export { interruptedResult, type RunStart } from './run/interrupted-result.ts';
export { CannotRun } from './run/cannot-run.ts';
export { platform } from './run/platform.ts';
export { parseExpectations, type Expectation } from './expectations/expectations.ts';

// results
export { resultSchema, type NotRun, type Platform, type RunResult, type Status, type TestResult, type Totals } from './report/result.ts';
export { htmlReport } from './report/html.ts';
export { junit } from './report/junit.ts';
export { kernelSummaries, type KernelSummary } from './report/kernels.ts';
export { codeText, lineText, markdownTable } from './report/markdown-text.ts';
export { mergeResults } from './report/merge.ts';
export { readableJson } from './report/readable-json.ts';
export { reproduceCommand } from './report/reproduce.ts';

// what results are held to
export { checkResult, type CheckedRun, type RunToCheck } from './compare/check-result.ts';
export { checkAgainstJax, checkJaxValue, type Evaluated, type JaxComparison } from './compare/jax-bound.ts';
export { evaluate, type Reference } from './oracle/evaluate.ts';

// queries, as --filter and expectations take them
export { matcher } from './query/query.ts';

// goldens
export { openGoldens, type Goldens, type ReadFile } from './goldens/goldens.ts';
export type { GoldenCase, GoldenOutcome, NotebookCell } from './goldens/golden-case.ts';
export { GoldenError } from './goldens/golden-error.ts';
export { goldensReader, type ReadGolden } from './suite/goldens-folder.ts';

// what the suite is made of
export { openSuite, type Suite } from './suite/open-suite.ts';
export { quickSubset } from './suite/quick-subset.ts';
export { ConformanceFailure, FAMILIES, type ConformanceTest, type FamilyName, type Observation, type TestContext } from './suite/test.ts';
