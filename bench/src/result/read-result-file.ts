/** Reads any result file: of the benchmark or of the conformance kit, told apart by the `format` that they carry. */
import { resultSchema, type RunResult } from '@laxconv/conformance';
import { benchResultSchema, type BenchResult } from './result.ts';

export type ResultFile =
  | { readonly kind: 'bench'; readonly name: string; readonly result: BenchResult }
  | { readonly kind: 'conformance'; readonly name: string; readonly result: RunResult };

/** The result in `text`. Throws an Error whose sentence names the file and the first thing that is wrong with it. */
export function readResultFile(text: string, name: string): ResultFile {
  return checkResult(parse(text, name), name);
}

/** The same of JSON that has been read. */
export function checkResult(json: unknown, name: string): ResultFile {
  const format = typeof json === 'object' && json !== null ? (json as { readonly format?: unknown }).format : undefined;
  if (format === 'laxconv-bench/1') {
    const parsed = benchResultSchema.safeParse(json);
    if (parsed.success) return { kind: 'bench', name, result: parsed.data };
    throw new Error(`${name} is a broken benchmark result: ${firstIssue(parsed.error)}`);
  }
  if (format === 1) {
    const parsed = resultSchema.safeParse(json);
    if (parsed.success) return { kind: 'conformance', name, result: parsed.data };
    throw new Error(`${name} is a broken conformance result: ${firstIssue(parsed.error)}`);
  }
  throw new Error(
    `${name} is not a result file of laxconv: its "format" is ${shown(format)}, where \`pnpm bench\` writes "laxconv-bench/1" and the conformance kit 1`,
  );
}

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${name} is not JSON`, { cause });
  }
}

function firstIssue({
  issues,
}: {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
}): string {
  const [{ path, message }] = issues;
  return `${path.map(String).join('.') || 'the file'}: ${message}`;
}

function shown(format: unknown): string {
  return format === undefined ? 'missing' : JSON.stringify(format).slice(0, 60);
}
