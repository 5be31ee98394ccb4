/** The form's fields as a call. What is no number at all is said here; everything else is for `resolve` to judge, as JAX would. */
import type { ConvCall } from '@laxconv/api';
import type { FieldName, Settings } from './settings.ts';

/** A field that cannot be read. */
export interface UnreadableField {
  readonly field: FieldName;
  readonly reason: string;
}

/** The options that a call of the playground always has. */
export interface PlaygroundOptions {
  readonly lhsDilation: readonly number[];
  readonly rhsDilation: readonly number[];
  readonly dimensionNumbers: readonly [lhs: string, rhs: string, out: string];
  readonly featureGroupCount: number;
  readonly batchGroupCount: number;
}

/** A call whose arguments are known. */
export interface PlaygroundCall extends ConvCall {
  readonly args: readonly [windowStrides: readonly number[], padding: string | readonly unknown[], options: PlaygroundOptions];
}

/** The call, or the first field that cannot be read. */
export function callOf(settings: Settings): PlaygroundCall | UnreadableField {
  try {
    const numbers = (field: FieldName): number[] => readNumbers(field, settings[field]);
    const { dtype, lhsLayout, rhsLayout, outLayout } = settings;
    return {
      fn: 'lax.convGeneralDilated',
      operands: [
        { shape: numbers('lhsShape'), dtype },
        { shape: numbers('rhsShape'), dtype },
      ],
      args: [
        numbers('windowStrides'),
        readPadding(settings.padding),
        {
          lhsDilation: numbers('lhsDilation'),
          rhsDilation: numbers('rhsDilation'),
          dimensionNumbers: [lhsLayout.trim(), rhsLayout.trim(), outLayout.trim()],
          featureGroupCount: readNumber('featureGroupCount', settings.featureGroupCount),
          batchGroupCount: readNumber('batchGroupCount', settings.batchGroupCount),
        },
      ],
    };
  } catch (error) {
    if (error instanceof Unreadable) return { field: error.field, reason: error.message };
    throw error;
  }
}

class Unreadable extends Error {
  readonly field: FieldName;

  constructor(field: FieldName, message: string) {
    super(message);
    this.field = field;
  }
}

function readNumber(field: FieldName, text: string): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw new Unreadable(field, `'${text}' is not a number`);
}

/** `1, 2`, `[1, 2]`, `(1, 2)`; empty is an empty list. */
function readNumbers(field: FieldName, text: string): number[] {
  const inner = /^\s*[[(]?(.*?),?[\])]?\s*$/su.exec(text)?.[1].trim() ?? '';
  if (inner === '') return [];
  return inner.split(',').map((part) => {
    const value = part.trim() === '' ? NaN : Number(part);
    if (Number.isFinite(value)) return value;
    throw new Unreadable(field, `'${text}' is not a list of numbers`);
  });
}

/** A word as it stands, or pairs, with or without brackets around them all. */
function readPadding(text: string): string | readonly unknown[] {
  const trimmed = text.trim();
  if (/^[a-z_]+$/iu.test(trimmed)) return trimmed;
  const json = trimmed
    .replaceAll('(', '[')
    .replaceAll(')', ']')
    .replaceAll(/,\s*\]/gu, ']');
  let list: unknown;
  try {
    list = JSON.parse(`[${json}]`);
  } catch {
    throw new Unreadable('padding', `'${text}' is neither a word nor pairs of numbers`);
  }
  const pairs = unwrap(list);
  if (pairs.flat().every((value) => typeof value === 'number')) return pairs;
  throw new Unreadable('padding', `'${text}' is neither a word nor pairs of numbers`);
}

function unwrap(list: unknown): readonly unknown[] {
  const [first, ...rest] = list as readonly unknown[];
  const isWrapped = rest.length === 0 && Array.isArray(first) && (first.length === 0 || Array.isArray(first[0]));
  return isWrapped ? first : (list as readonly unknown[]);
}
