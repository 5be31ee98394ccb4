/** What each test of the conformance suite is about, so that a page can say it without the suite: by function, dtype and id. */
import { DTYPES } from '@laxconv/api/backend';
import type { ConformanceTest } from '@laxconv/conformance';

export interface SuiteEntry {
  /** Function of laxconv that it calls; null where it puts problems before the backend itself. */
  readonly fn: string | null;
  /** Of the first operand; null where the test is of no one dtype. */
  readonly dtype: string | null;
  readonly about: string;
  /** What `explain` says, but for the canonical problems and random examples: they follow from the rest, and weigh ten times as much. */
  readonly explain: Readonly<Record<string, unknown>>;
}

/** By test id. */
export type SuiteIndex = Readonly<Record<string, SuiteEntry>>;

/** The index of these tests. */
export function suiteIndex(tests: readonly ConformanceTest[]): SuiteIndex {
  return Object.fromEntries(tests.map((test) => [test.id, entryOf(test)]));
}

function entryOf(test: ConformanceTest): SuiteEntry {
  const { problems, examples, about: _, property, rule, ...explain } = test.explain() as Readonly<Record<string, unknown>>;
  const call = asRecord(explain['call'] ?? (Array.isArray(examples) ? examples[0] : undefined));
  const operands = call?.['operands'];
  const first = asRecord(Array.isArray(operands) ? operands[0] : undefined);
  const fn = call?.['fn'];
  return {
    fn: typeof fn !== 'string' ? null : test.family === 'gradient' && !fn.endsWith('Vjp') ? `${fn}Vjp` : fn,
    dtype: dtypeIn(test.id) ?? asDType(first?.['dtype']),
    about: test.about,
    explain: {
      ...explain,
      // What has no problem is refused, in these words.
      ...(typeof problems === 'string' ? { laxconv: problems } : {}),
      ...statement('property', property, test.about),
      ...statement('rule', rule, test.about),
    },
  };
}

/** Most tests state their property as what they are about. */
function statement(name: string, value: unknown, about: string): Readonly<Record<string, unknown>> {
  return value === undefined || value === about ? {} : { [name]: value };
}

function dtypeIn(id: string): string | null {
  return asDType(/[:,]dtype=([^,]+)/.exec(id)?.[1]);
}

function asDType(name: unknown): string | null {
  return typeof name === 'string' && Object.hasOwn(DTYPES, name) ? name : null;
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
}
