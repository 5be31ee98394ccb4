/**
 * Looks for a Chromium, nearest first, and says what it found or why there is none. What is on the machine comes before what must be
 * fetched, and a candidate counts only when it starts.
 */
import process from 'node:process';
import type { NotRun } from '../../not-run.ts';
import { givenUp } from '../../not-run.ts';
import { say, SetupError } from '../say.mjs';

/** A browser that starts. */
export interface Browser {
  readonly path: string;
  readonly version: string;
}

/** A place to get a browser from: a path to try, or the reason why there is none. */
export interface Source {
  readonly name: string;
  readonly find: () => Promise<{ readonly path: string } | { readonly reason: string }>;
}

/** Starts a browser once: its version, or the reason why it does not start. */
export type Probe = (path: string) => Promise<{ readonly version: string } | { readonly reason: string }>;

/** The first source whose browser starts; else what to say about it. */
export async function searchChromium(
  sources: readonly Source[],
  probe: Probe,
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
  const reasons: string[] = [];
  for (const source of sources) {
    const candidate = await source.find();
    if ('reason' in candidate) {
      reasons.push(candidate.reason);
      continue;
    }
    const probed = await probe(candidate.path);
    if ('version' in probed) return found(source.name, candidate.path, probed.version);
    reasons.push(`${candidate.path} does not start (${probed.reason})`);
  }
  say('going on without a browser: none was found or could be installed');
  return {
    what: 'chromium',
    why: `no Chromium was found: ${reasons.join('; ')}`,
    how: 'Install Chromium or Chrome and name its program in LAXCONV_CHROMIUM, or name chromium in LAXCONV_WITHOUT to go without on purpose.',
  };
}

function found(name: string, path: string, version: string): Browser {
  say(`browser tests will run in Chromium ${version} (${name}: ${path})`);
  return { path, version };
}
