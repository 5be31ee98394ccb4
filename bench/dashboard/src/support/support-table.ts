/** What a backend runs and what it refuses, from the tests that it was put through: there is no second list that could be wrong. */
import { DTYPE_NAMES } from '@laxconv/api/backend';
import { countTests } from '../conformance/counts.ts';
import { valueOf, type TestRecord } from '../conformance/test-record.ts';

/** `runs`: all tests passed. `refuses`: all were refused. `partly`: some were. `wrong`: at least one failed. `untested`: there is none. */
export type Support = 'runs' | 'refuses' | 'partly' | 'wrong' | 'untested';

/** A line of the table: a kind of problem, or a function. */
export interface SupportLine {
  readonly name: string;
  readonly about: string;
  /** By dtype. */
  readonly cells: ReadonlyMap<string, readonly TestRecord[]>;
}

/** The support that these tests show. */
export function supportOf(records: readonly TestRecord[]): Support {
  if (records.length === 0) return 'untested';
  const { tests, passed } = countTests(records);
  const refused = records.filter(({ test }) => test.status === 'unsupported').length;
  if (passed + refused < tests) return 'wrong';
  return refused === 0 ? 'runs' : passed === 0 ? 'refuses' : 'partly';
}

/** The reasons of the refusals and failures among these tests, each with how many give it. */
export function reasonsOf(records: readonly TestRecord[]): ReadonlyMap<string, number> {
  const reasons = new Map<string, number>();
  for (const { test } of records) {
    if (test.status === 'pass') continue;
    const reason = test.expected?.reason ?? test.message ?? `it ended as ${test.status}`;
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  return reasons;
}

/** Kinds of problems (the differential tests take one feature at a time), then the functions, by their goldens and gradients. */
export function supportLines(records: readonly TestRecord[]): SupportLine[] {
  const topics = Map.groupBy(
    records.filter(({ test }) => test.id.startsWith('differential:')),
    ({ test }) => topicOf(test.id),
  );
  const functions = Map.groupBy(
    records.filter(({ test, entry }) => entry?.fn != null && /^(golden|gradient):/.test(test.id)),
    (record) => valueOf(record, 'function'),
  );
  return [
    ...[...topics].map(([name, own]) => lineOf(name.replaceAll('-', ' '), own)),
    ...[...functions].toSorted(([a], [b]) => a.localeCompare(b)).map(([name, own]) => lineOf(name, own)),
  ].filter(({ cells }) => DTYPE_NAMES.some((dtype) => cells.has(dtype)));
}

/** What is about one thing in all dtypes says what. */
function lineOf(name: string, records: readonly TestRecord[]): SupportLine {
  const abouts = new Set(records.map(({ entry }) => entry?.about ?? ''));
  return { name, about: abouts.size === 1 ? [...abouts][0] : '', cells: Map.groupBy(records, (record) => valueOf(record, 'dtype')) };
}

/** The group whose results have another dtype than their operands: it says nothing about one dtype alone. */
const OF_TWO_DTYPES = 'preferred-element-type';

/** All kinds of problems in one line: what a dtype is worth on this backend. Functions are left out: some of their goldens change the dtype on the way. */
export function glanceLine(name: string, records: readonly TestRecord[]): SupportLine {
  const problems = records.filter(({ test }) => test.id.startsWith('differential:') && topicOf(test.id) !== OF_TWO_DTYPES);
  return { ...lineOf(name, problems), about: '' };
}

function topicOf(id: string): string {
  return id.split(':')[1].split('/')[0];
}
