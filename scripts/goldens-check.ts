/** `pnpm goldens:check`: recomputes every golden with real JAX from the stored inputs, and compares. */
import process from 'node:process';
import { runGenerator } from './goldens/python.ts';
import { exitWith } from './setup/say.mjs';

try {
  await runGenerator(['--check', ...process.argv.slice(2)]);
} catch (error) {
  exitWith(error);
}
