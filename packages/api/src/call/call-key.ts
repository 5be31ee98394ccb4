/** A string that tells calls apart: what `resolve` reads of a call, and nothing else. Two calls with one key mean the same. */
import type { TensorSpec } from '../problem/problem.ts';

/** The key of a call, or undefined where an argument is something else than plain data. */
export function callKey(fn: string, operands: readonly TensorSpec[], args: readonly unknown[]): string | undefined {
  let key = fn;
  for (const { dtype, shape } of operands) {
    const part = valueKey(shape);
    if (part === undefined) return undefined;
    key += `|${dtype}${part}`;
  }
  for (const arg of args) {
    const part = valueKey(arg);
    if (part === undefined) return undefined;
    key += `|${part}`;
  }
  return key;
}

/** A copy of what has a key, of which every part was read once. */
export function copyOfPlain(value: unknown): unknown {
  if (Array.isArray(value)) return Array.from(value as unknown[], copyOfPlain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, copyOfPlain(item)]));
}

/** Longer than any argument that means something: what claims to be longer is not read through for a key. */
const MAX_LENGTH = 1024;

/** Deeper than any argument that means something: an array that contains itself has no key. */
const MAX_DEPTH = 8;

/** Plain data as text: unlike JSON it keeps undefined, NaN and −0 apart, and strings from numbers. */
function valueKey(value: unknown, depth = 0): string | undefined {
  switch (typeof value) {
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'boolean':
    case 'undefined':
      return String(value);
    case 'string':
      return value.length > MAX_LENGTH ? undefined : JSON.stringify(value);
    case 'object':
      return value === null ? 'null' : objectKey(value, depth);
    default:
      return undefined;
  }
}

function objectKey(value: object, depth: number): string | undefined {
  if (depth === MAX_DEPTH) return undefined;
  if (Array.isArray(value)) return arrayKey(value, depth);
  if (Object.getPrototypeOf(value) !== Object.prototype) return undefined;
  let key = '{';
  for (const [name, item] of Object.entries(value) as [string, unknown][]) {
    const part = valueKey(item, depth + 1);
    if (part === undefined) return undefined;
    key += `${JSON.stringify(name)}:${part},`;
  }
  return `${key}}`;
}

function arrayKey(items: readonly unknown[], depth: number): string | undefined {
  if (items.length > MAX_LENGTH) return undefined;
  let key = '[';
  for (let index = 0; index < items.length; index++) {
    const part = index in items ? valueKey(items[index], depth + 1) : undefined; // a hole is not undefined
    if (part === undefined) return undefined;
    key += `${part},`;
  }
  return `${key}]`;
}
