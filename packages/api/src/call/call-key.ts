/** A string that tells calls apart: what `resolve` reads of a call, and nothing else. Two calls with one key mean the same. */
import type { TensorSpec } from '../problem/problem.ts';

/** The key of a call, or undefined where an argument is something else than plain data. */
export function callKey(fn: string, operands: readonly TensorSpec[], args: readonly unknown[]): string | undefined {
  let key = fn;
  for (const { dtype, shape } of operands) key += `|${dtype}[${shape.join(',')}]`;
  for (const arg of args) {
    const part = valueKey(arg);
    if (part === undefined) return undefined;
    key += `|${part}`;
  }
  return key;
}

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
      return JSON.stringify(value);
    case 'object':
      return value === null ? 'null' : objectKey(value, depth);
    default:
      return undefined;
  }
}

function objectKey(value: object, depth: number): string | undefined {
  if (depth === MAX_DEPTH) return undefined;
  const isArray = Array.isArray(value);
  if (!isArray && Object.getPrototypeOf(value) !== Object.prototype) return undefined;
  let key = isArray ? '[' : '{';
  const items: readonly [string, unknown][] = Object.entries(value);
  // A hole in an array has no entry; its length tells.
  if (isArray && items.length !== value.length) return undefined;
  for (const [name, item] of items) {
    const part = valueKey(item, depth + 1);
    if (part === undefined) return undefined;
    key += isArray ? `${part},` : `${JSON.stringify(name)}:${part},`;
  }
  return key + (isArray ? ']' : '}');
}
