/** Any value in a few words, for the sentence of a refusal. */
import { classOf } from './intrinsics.ts';

/** How deep nested arrays are written out: enough for padding, and an end for an array that contains itself. */
const DESCRIBED_DEPTH = 3;

/** A short description of any value for an error message; never throws, whatever the value's own code does. */
export function describe(value: unknown, depth = DESCRIBED_DEPTH): string {
  try {
    return described(value, depth);
  } catch {
    return 'what cannot be read';
  }
}

/** What an error says; anything can be thrown. */
export function saidBy(error: unknown): string {
  try {
    if (error instanceof Error) return error.message;
  } catch {
    // A proxy that does not like to be asked.
  }
  return describe(error);
}

function described(value: unknown, depth: number): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'symbol') return 'a symbol';
  if (ArrayBuffer.isView(value)) return `a ${classOf(value)}`;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'object') return typeof value;
  if (Array.isArray(value)) {
    const { length } = value;
    if (length > 8 || depth === 0) return `an array of ${length}`;
    return `[${Array.from({ length }, (_, index) => describe(value[index], depth - 1)).join(', ')}]`;
  }
  if ('then' in value && typeof value.then === 'function') return 'a promise (is an await missing?)';
  if ('dtype' in value && 'shape' in value) return `a tensor of ${describe(value.dtype, 0)} and shape ${describe(value.shape, 1)}`;
  return `an object with keys ${Object.keys(value).slice(0, 6).join(', ') || '(none)'}`;
}
