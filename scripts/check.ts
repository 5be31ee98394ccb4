/**
 * `pnpm check`: everything about the sources that is not a test. Types, lint, formatting, dead code, the API reference, and
 * the tarballs.
 */
import process from 'node:process';
import { exitWith } from './setup/say.mjs';
import { need, turbo } from './steps.ts';

try {
  await turbo('types, lint, formatting and dead code', 'a check of the sources failed', ['typecheck', 'lint']);
  await need('the API reference', 'a public name is not documented', process.execPath, ['scripts/docs.ts', '--check']);
  await need('the packed packages', 'the tarballs are not fit to publish', process.execPath, [
    '--conditions=@laxconv/source',
    'scripts/check-packages.ts',
  ]);
} catch (error) {
  exitWith(error);
}
