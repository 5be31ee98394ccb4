/** A test of a run together with what the suite's index says of it: what all tables of conformance are made of. */
import type { RunResult, TestResult } from '@laxconv/conformance';
import type { SuiteEntry, SuiteIndex } from '../../../src/report/suite-index.ts';

export interface TestRecord {
  readonly run: RunResult;
  /** The backend, and where it ran if it ran in several places. */
  readonly backend: string;
  readonly test: TestResult;
  /** Undefined where the page has no index, or the test is of another version of the suite. */
  readonly entry: SuiteEntry | undefined;
}

/** All tests of these runs. */
export function testRecords(runs: readonly RunResult[], suite: SuiteIndex): TestRecord[] {
  const names = backendNames(runs);
  return runs.flatMap((run, index) =>
    run.tests.map((test) => ({ run, backend: names[index], test, entry: Object.hasOwn(suite, test.id) ? suite[test.id] : undefined })),
  );
}

/** Those of the tests that each of so many runs has: some are of one dtype only, and counts of other tests say nothing beside theirs. */
export function sharedRecords(records: readonly TestRecord[], runs: number): TestRecord[] {
  const times = new Map<string, number>();
  for (const { test } of records) times.set(test.id, (times.get(test.id) ?? 0) + 1);
  return records.filter(({ test }) => times.get(test.id) === runs);
}

/** A name for each run, unlike all others: the backend's, where it ran, and when, as far as needed. */
export function backendNames(runs: readonly RunResult[]): string[] {
  const short = runs.map(({ backend }) => backend.name);
  const where = runs.map(({ platform }, index) => `${short[index]}, ${platform.runtime}`);
  const when = runs.map(({ started }, index) => `${where[index]}, ${started.slice(0, 16).replace('T', ' ')}`);
  return runs.map((_, index) => [short, where].find((names) => isUnlike(names, index))?.[index] ?? when[index]);
}

function isUnlike(names: readonly string[], index: number): boolean {
  return names.filter((name) => name === names[index]).length === 1;
}

/** What tests are counted by. */
export const DIMENSIONS = ['function', 'dtype', 'family', 'group', 'backend'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** The value of a test in a dimension. */
export function valueOf({ test: { id }, backend, entry }: TestRecord, dimension: Dimension): string {
  const [family, name = ''] = id.split(':');
  switch (dimension) {
    case 'function':
      return entry === undefined ? 'unknown' : (entry.fn ?? `the backend itself (${family})`);
    case 'dtype':
      return entry?.dtype ?? 'none';
    case 'family':
      return family;
    case 'group':
      return `${family}:${name.split('/', 1)[0]}`;
    case 'backend':
      return backend;
  }
}
