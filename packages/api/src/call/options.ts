/** Options: one plain object in which every name is known, as Python knows its keyword arguments. */
import { refuse, type LaxconvError } from '../errors.ts';
import { describe } from '../tensor/describe.ts';

/**
 * Throws unless `options` is an object that has no other properties than these.
 *
 * @param op Who checks, for the error's text.
 * @param options What the caller gave.
 * @param names The options that there are.
 * @throws `LaxconvTypeError` on anything but a plain object, and on an unknown name
 * @example
 * checkOptions('createBackend', { threads: 2 }, ['threads', 'module']); // → undefined
 */
export function checkOptions(op: string, options: unknown, names: readonly string[]): asserts options is object {
  if (!isPlain(options) || isTensor(options)) {
    const known = names.length === 0 ? '' : ` with ${names.join(', ')}`;
    throw refuse('call/options', `options must be an object${known}, got ${describe(options)}`, {
      op,
      argument: 'options',
      values: { options },
    });
  }
  // No list of the names is made: `runSync`, which an audio thread may call, allocates nothing.
  for (const name in options) {
    if (names.includes(name)) continue;
    const known = names.length === 0 ? 'it has none' : `its options are ${names.join(', ')}`;
    throw refuse('call/unknown-option', `has no option ${describe(name)}; ${known}`, {
      op,
      argument: name,
      values: { option: name, known: names },
    });
  }
}

/**
 * The refusal of an option's value.
 *
 * @param op Who refuses, for the error's text.
 * @param name The option.
 * @param expected What it must be, in words.
 * @param value What it is.
 * @example
 * wrongOption('createBackend', 'threads', 'a whole number', 'two').message; // → 'createBackend: threads must be a whole number, got "two"'
 */
export function wrongOption(op: string, name: string, expected: string, value: unknown): LaxconvError {
  return refuse('backend/option', `${name} must be ${expected}, got ${describe(value)}`, {
    op,
    argument: name,
    values: { [name]: value },
  });
}

/** True for what was meant for an option, or for an operand. */
function isTensor(options: object): boolean {
  return 'dtype' in options && 'shape' in options;
}

/** True for an object literal of any realm, and for one without a prototype. What a Map or a prototype holds would be passed over in silence. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
