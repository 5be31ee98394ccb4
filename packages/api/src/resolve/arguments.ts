/** Reading loosely typed arguments: sequences of integers, in Python's sense of both words. */
import { refuse } from '../errors.ts';
import type { RuleId } from '../rules.ts';
import { describe } from '../tensor/describe.ts';

/** A list of integers, or the refusal `rule`. A typed array is a sequence too. */
export function integerSequence(op: string, argument: string, value: unknown, rule: RuleId): number[] {
  const items = asSequence(value);
  if (items?.every((item) => Number.isSafeInteger(item))) return items as number[];
  throw refuse(rule, `${argument} must be a sequence of integers, got ${describe(value)}`, { op, argument, values: { [argument]: value } });
}

/** Far more than any argument has entries. Copying what only claims to be as long (`new Array(2 ** 32 - 1)`) would take the process down. */
const MOST_ITEMS = 2 ** 16;

/** The items of an array or of a typed array of numbers, in an array of their own; undefined for anything else. */
export function asSequence(value: unknown): unknown[] | undefined {
  if (!Array.isArray(value) && !(ArrayBuffer.isView(value) && Symbol.iterator in value)) return undefined;
  const items = value as ArrayLike<unknown>;
  const { length } = items;
  // Holes become undefined. Not by its iterator, which may never end.
  return length <= MOST_ITEMS ? Array.from({ length }, (_, index) => items[index]) : undefined;
}

/** As `sequence`, where JAX makes a tuple of what it was given: in Python a string is its letters. */
export function iterable(op: string, argument: string, value: unknown, rule: RuleId): readonly unknown[] {
  return typeof value === 'string' && value.length <= MOST_ITEMS ? [...value] : sequence(op, argument, value, rule);
}

/** A list of anything, or the refusal `rule`: where JAX looks at the items later. */
export function sequence(op: string, argument: string, value: unknown, rule: RuleId): readonly unknown[] {
  const items = asSequence(value);
  if (items !== undefined) return items;
  throw refuse(rule, `${argument} must be a sequence of integers, got ${describe(value)}`, { op, argument, values: { [argument]: value } });
}

/** A list of numbers, fractional ones included: where JAX compares before it asks for integers. Else the refusal `rule`. */
export function numericSequence(op: string, argument: string, items: readonly unknown[], rule: RuleId): readonly number[] {
  if (items.every((item) => typeof item === 'number')) return items;
  throw refuse(rule, `${argument} must be a sequence of integers, got ${describe(items)}`, { op, argument, values: { [argument]: items } });
}

/** An integer, or the refusal `rule`. */
export function integer(op: string, argument: string, value: unknown, rule: RuleId): number {
  if (Number.isSafeInteger(value)) return value as number;
  throw refuse(rule, `${argument} must be an integer, got ${describe(value)}`, { op, argument, values: { [argument]: value } });
}
