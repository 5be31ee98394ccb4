/** Counting test results by a part of their address. */
import type { RunResult } from '@laxconv/conformance';

type TestResult = RunResult['tests'][number];

export interface Counts {
  readonly tests: number;
  readonly ok: number;
  readonly pass: number;
  readonly unsupported: number;
  /** Failed, timed out or crashed, foreseen or not. */
  readonly broken: number;
}

/** The tests in groups, in the order in which the groups first occur. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

/** 'golden' of 'golden:padding/same-2d:dtype=float32'. */
export function familyOf({ id }: TestResult): string {
  return id.split(':', 1)[0];
}

/** 'golden:padding' of 'golden:padding/same-2d:dtype=float32': the family and the first part of the name. */
export function groupOf({ id }: TestResult): string {
  const [family, name = ''] = id.split(':');
  return `${family}:${name.split('/', 1)[0]}`;
}

export function countTests(tests: readonly TestResult[]): Counts {
  const count = (holds: (test: TestResult) => boolean): number => tests.filter(holds).length;
  return {
    tests: tests.length,
    ok: count(({ ok }) => ok),
    pass: count(({ status }) => status === 'pass'),
    unsupported: count(({ status }) => status === 'unsupported'),
    broken: count(({ status }) => status === 'fail' || status === 'timeout' || status === 'crash'),
  };
}
