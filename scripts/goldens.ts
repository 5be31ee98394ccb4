/** `pnpm goldens`: makes goldens/ anew with real JAX; families whose cases did not change stay as they are, unless `--all` is given. */
import process from 'node:process';
import { updateDocuments } from './docs/documents.ts';
import { runGenerator } from './goldens/python.ts';
import { exitWith, say } from './setup/say.mjs';

try {
  await runGenerator(process.argv.slice(2));
  for (const path of await updateDocuments()) say(`wrote ${path}, which lists the goldens`);
} catch (error) {
  exitWith(error);
}
