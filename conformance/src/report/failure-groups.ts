/** Many failures, one mistake: failures by what they test, and the one that is easiest to read. */
import type { TestResult } from './result.ts';

/** Failures of one golden family or of one law, on whatever dtypes and parameters. */
export interface FailureGroup {
  /** `family:name`, of a golden without its case. */
  readonly name: string;
  readonly failures: readonly TestResult[];
}

/** In the order of their first failure. */
export function failureGroups(failures: readonly TestResult[]): FailureGroup[] {
  const groups = Map.groupBy(failures, ({ id }) => id.split(':').slice(0, 2).join(':').split('/')[0]);
  return [...groups].map(([name, members]) => ({ name, failures: members }));
}

/** The failure with the shortest code that shows it: random tests shrink their counterexamples, so that it holds little else. */
export function simplestFailure(failures: readonly TestResult[]): TestResult | undefined {
  const shown = failures.filter(({ snippet }) => snippet !== undefined);
  return shown.toSorted((a, b) => (a.snippet ?? '').length - (b.snippet ?? '').length)[0];
}
