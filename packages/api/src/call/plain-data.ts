/** Plain data, of which a call's arguments are made: a copy to remember it by, and whether other data says the same. */

/** What `copyOfPlain` gives for anything else. */
export const NOT_PLAIN = Symbol('not plain');

/** Longer than any argument that means something: what claims to be longer is not read through. */
const MAX_LENGTH = 1024;

/** Deeper than any argument that means something: an array that contains itself ends here. */
const MAX_DEPTH = 8;

/** A copy of which every part was read once: reading can be a call of a getter, which may say something else each time. */
export function copyOfPlain(value: unknown, depth = 0): unknown {
  switch (typeof value) {
    case 'number':
    case 'boolean':
    case 'undefined':
      return value;
    case 'string':
      return value.length > MAX_LENGTH ? NOT_PLAIN : value;
    case 'object':
      return value === null ? null : copyOfObject(value, depth);
    default:
      return NOT_PLAIN;
  }
}

function copyOfObject(value: object, depth: number): unknown {
  if (depth === MAX_DEPTH) return NOT_PLAIN;
  if (Array.isArray(value)) return copyOfArray(value, depth);
  if (Object.getPrototypeOf(value) !== Object.prototype) return NOT_PLAIN;
  const entries = Object.entries(value).map(([name, item]) => [name, copyOfPlain(item, depth + 1)] as const);
  return entries.some(([, item]) => item === NOT_PLAIN) ? NOT_PLAIN : Object.fromEntries(entries);
}

function copyOfArray(value: readonly unknown[], depth: number): unknown {
  const { length } = value;
  if (length > MAX_LENGTH) return NOT_PLAIN;
  const copy = Array.from({ length }, (_, index) => copyOfPlain(value[index], depth + 1));
  // A hole reads as undefined and is something else to who asks whether it is there. No argument has either in an array.
  return copy.includes(NOT_PLAIN) || copy.includes(undefined) ? NOT_PLAIN : copy;
}

/** Whether `given` says what `known` does, a copy made by `copyOfPlain`. Tells −0 from 0, and reads no further than `known`. */
export function isSamePlain(known: unknown, given: unknown): boolean {
  if (typeof known !== 'object' || known === null) return Object.is(known, given);
  if (typeof given !== 'object' || given === null) return false;
  return Array.isArray(known) ? isSameArray(known, given) : isSameObject(known as PlainObject, given as PlainObject);
}

function isSameArray(known: readonly unknown[], given: object): boolean {
  if (!Array.isArray(given) || given.length !== known.length) return false;
  for (let index = 0; index < known.length; index++) if (!isSamePlain(known[index], given[index])) return false;
  return true;
}

type PlainObject = Readonly<Record<string, unknown>>;

function isSameObject(known: PlainObject, given: PlainObject): boolean {
  if (Object.getPrototypeOf(given) !== Object.prototype) return false;
  let found = 0;
  for (const name in given) {
    if (!Object.hasOwn(known, name) || !isSamePlain(known[name], given[name])) return false;
    found++;
  }
  return found === Object.keys(known).length;
}
