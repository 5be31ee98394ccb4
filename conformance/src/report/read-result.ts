/** Reads a result's JSON. */
import { z } from 'zod';
import { CannotRun } from '../run/cannot-run.ts';
import { messageOf } from '../suite/message-of.ts';
import { resultSchema, type RunResult } from './result.ts';

/** The result in `text`; `file` names it in errors. @throws CannotRun when it is no result of this kit. */
export function parseResult(text: string, file: string): RunResult {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new CannotRun(`${file} is not JSON: ${messageOf(error)}`, error);
  }
  const parsed = resultSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new CannotRun(`${file} is not a result that \`run --json\` wrote: ${z.prettifyError(parsed.error)}`);
}
