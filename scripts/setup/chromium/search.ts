/** Looks for a Chromium, and says what it found or why there is none. What is on the machine comes before what must be fetched. */
import process from 'node:process';
import type { NotRun } from '../../not-run.ts';
import { givenUp } from '../../not-run.ts';
import { firstThatStarts, type Lack, type Source } from '../first-that-starts.ts';
import { say, SetupError } from '../say.mjs';

/** A browser that starts. */
export interface Browser {
  readonly path: string;
  readonly version: string;
}

/** A place to get a browser from: a path to try. */
export type BrowserSource = Source<{ readonly path: string }>;

/** Starts a browser once: its version. */
export type BrowserProbe = (path: string) => Promise<{ readonly version: string } | Lack>;

/** The first source whose browser starts; else what to say about it. */
export async function searchChromium(
  sources: readonly BrowserSource[],
  probe: BrowserProbe,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Browser | NotRun> {
  if (givenUp(env).has('chromium')) {
    return { what: 'chromium', why: 'LAXCONV_WITHOUT names it', how: 'Unset LAXCONV_WITHOUT to run the tests in the browser too.' };
  }
  const given = env['LAXCONV_CHROMIUM'];
  if (given !== undefined && given !== '') {
    const probed = await probe(given);
    if ('reason' in probed) throw new SetupError(`LAXCONV_CHROMIUM names ${given}, which does not start: ${probed.reason}.`);
    return found('LAXCONV_CHROMIUM', given, probed.version);
  }
  const first = await firstThatStarts<{ readonly path: string }, { readonly version: string }>(sources, async ({ path }) => {
    const probed = await probe(path);
    return 'reason' in probed ? { reason: `${path} does not start (${probed.reason})` } : probed;
  });
  if ('started' in first) return found(first.source, first.candidate.path, first.started.version);
  say('going on without a browser: none was found or could be installed');
  return {
    what: 'chromium',
    why: `no Chromium was found: ${first.reasons.join('; ')}`,
    how: 'Install Chromium or Chrome and name its program in LAXCONV_CHROMIUM, or name chromium in LAXCONV_WITHOUT to go without on purpose.',
  };
}

function found(name: string, path: string, version: string): Browser {
  say(`browser tests will run in Chromium ${version} (${name}: ${path})`);
  return { path, version };
}
