/**
 * What a run left out, and why: printed at its end and written for the report, so that a smaller run never looks like a whole one.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';

/** One thing that did not run. */
export interface NotRun {
  /** Short name, as `LAXCONV_WITHOUT` spells it: `chromium`. */
  readonly what: string;
  /** The reason, as a clause after "because". */
  readonly why: string;
  /** What to do to have it run, as a sentence. */
  readonly how: string;
}

/** The things that the environment variable LAXCONV_WITHOUT (a comma list) gives up on purpose. */
export function givenUp(env: NodeJS.ProcessEnv = process.env): ReadonlySet<string> {
  return new Set(
    (env['LAXCONV_WITHOUT'] ?? '')
      .split(',')
      .map((name) => name.trim().toLowerCase())
      .filter((name) => name !== ''),
  );
}

/** Writes the list as JSON; an empty list too, so that a report knows that nothing was left out. */
export function writeNotRun(file: string, notRun: readonly NotRun[]): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(notRun, undefined, 2)}\n`);
}

/** The closing lines. */
export function notRunLines(notRun: readonly NotRun[]): string[] {
  return notRun.map(({ what, why, how }) => `not run: ${what} because ${why}. ${how}`);
}

/** What must fail the run: in CI, everything that nobody gave up on purpose. */
export function unexcused(notRun: readonly NotRun[], env: NodeJS.ProcessEnv = process.env): readonly NotRun[] {
  const ci = env['CI'] !== undefined && !['', '0', 'false'].includes(env['CI']);
  const excused = givenUp(env);
  return ci ? notRun.filter(({ what }) => !excused.has(what)) : [];
}
