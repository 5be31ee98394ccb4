/** `pnpm goldens`: makes goldens/ anew with real JAX; families whose cases did not change stay as they are, unless `--all` is given. */
import process from 'node:process';
import { runGenerator } from './goldens/python.ts';
import { exitWith } from './setup/say.mjs';

try {
  await runGenerator(process.argv.slice(2));
} catch (error) {
  exitWith(error);
}
