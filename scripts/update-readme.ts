/** `pnpm readme`: makes the generated parts of the README anew, after results were published in `bench/results/published/`. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readme } from './readme/readme.ts';
import { ROOT } from './setup/paths.mjs';
import { exitWith, say } from './setup/say.mjs';

try {
  const { path, text, updated } = await readme();
  if (text !== updated) await writeFile(join(ROOT, path), updated);
  say(text === updated ? `${path} is fresh` : `wrote ${path}`);
} catch (error) {
  exitWith(error);
}
