/** `pnpm pictures`: draws the notebook's pictures for documents anew, into docs/pictures/. */
import process from 'node:process';
import { exitWith } from './setup/say.mjs';
import { need, turbo } from './steps.ts';

try {
  await turbo('building the bench', 'the build failed, so nothing can be drawn', ['build', '--filter=@laxconv/bench']);
  await need("running JAX's notebook for its pictures", 'the pictures were not drawn', process.execPath, ['bench/dist/pictures/cli.js']);
} catch (error) {
  exitWith(error);
}
