/** Expectations: what a backend is known not to support, or to fail, each with its reason. A list in a JSONC file. */
import { z } from 'zod';
import { CannotRun } from '../run/cannot-run.ts';
import { messageOf } from '../suite/message-of.ts';
import { parseJsonc } from './jsonc.ts';

/** One entry of an expectations file. */
export const expectationSchema = z.strictObject({
  /** A test id with `*` at any place. Of several entries that match a test, the first counts. */
  query: z.string().min(1),
  status: z.enum(['unsupported', 'fail']),
  /** What the refusal or failure says, with `*` at any place: another one is not expected. */
  says: z.string().min(1).optional(),
  /** Why, for whoever reads the report. */
  reason: z.string().trim().min(1, 'an expectation needs a reason'),
  /** An issue, say. */
  link: z.url().optional(),
});

/** An expectations file. */
export const expectationsSchema = z.array(expectationSchema);

/** What some tests are known to do. */
export type Expectation = z.infer<typeof expectationSchema>;

/**
 * Reads an expectations file's text; `file` names it in errors.
 * @throws CannotRun when it is no JSONC, or not a list of expectations.
 */
export function parseExpectations(text: string, file: string): Expectation[] {
  let value: unknown;
  try {
    value = parseJsonc(text);
  } catch (error) {
    throw new CannotRun(`the expectations file ${file} is not JSON: ${messageOf(error)}`, error);
  }
  const parsed = expectationsSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new CannotRun(`the expectations file ${file} is not a list of { query, status, reason, link? }: ${z.prettifyError(parsed.error)}`);
}
