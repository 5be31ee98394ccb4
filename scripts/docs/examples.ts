/**
 * The examples of a document: lines `call // result` in its JavaScript blocks (`call # result` in Python). They are run, and the result
 * must be the one that stands there.
 */
import { runInThisContext } from 'node:vm';
import { laxconvOn, tensor, toNested, type AnyTensor } from '@laxconv/api';
import { createBackend } from '@laxconv/naive';

export interface Example {
  readonly code: string;
  /** JSON, as it stands in the document. */
  readonly expected: string;
}

/** A block of examples, and the rest of the line that opens it: `js` for laxconv's own, `js tfjs` for a call of TensorFlow.js. */
export interface Block {
  readonly language: string;
  readonly examples: readonly Example[];
}

/** Between a call and its result. */
const RESULT = / \/\/ | {2}# /;

/** The blocks of the given languages in a Markdown document, in order. Throws an Error for a line without a result. */
export function blocksIn(text: string, languages: readonly string[]): Block[] {
  return [...text.matchAll(/^```(.+)\n([^]*?)^```$/gm)]
    .filter(([, language]) => languages.includes(language))
    .map(([, language, lines]) => ({ language, examples: lines.trim().split('\n').map(exampleOf) }));
}

/** The examples in a Markdown document that are laxconv's own. */
export function examplesIn(text: string): Example[] {
  return blocksIn(text, ['js']).flatMap(({ examples }) => examples);
}

function exampleOf(line: string): Example {
  const [code, expected] = line.split(RESULT);
  if (expected === undefined) throw new Error(`an example without a result: ${line}`);
  return { code, expected };
}

/** What an example may name. */
export type Scope = Readonly<Record<string, unknown>>;

/** Evaluates an example's code with these names. */
export function evaluate(code: string, scope: Scope): Promise<unknown> {
  const names = Object.keys(scope);
  const program = runInThisContext(`(async (${names.join(', ')}) => (${code}))`) as (...values: readonly unknown[]) => Promise<unknown>;
  return program(...names.map((name) => scope[name]));
}

/** Runs an example on naive, with more names than laxconv's own if given. Tensors come back nested, other values as they are. */
export async function runExample({ code }: Example, more: Scope = {}): Promise<unknown> {
  const backend = await createBackend();
  const { lax, numpy, scipy, dispose } = laxconvOn(backend);
  try {
    return nested(await evaluate(code, { lax, numpy, scipy, tensor, ...more }));
  } finally {
    await dispose();
    await backend.dispose();
  }
}

/** Tensors, in lists too, become nested arrays. */
function nested(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(nested);
  return typeof value === 'object' && value !== null && 'data' in value ? toNested(value as AnyTensor) : value;
}
