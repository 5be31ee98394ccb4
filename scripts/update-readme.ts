/**
 * `pnpm readme`: makes the generated parts of the README anew, after results were published in `bench/results/published/`. Files of
 * conformance runs of our own backends that are named (`report/conformance-*.json` of `npm start`) are counted and published before.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { publishCounts, readme } from './readme/readme.ts';
import { ROOT } from './setup/paths.mjs';
import { exitWith, say } from './setup/say.mjs';

try {
  for (const file of process.argv.slice(2)) await publishCounts(file);
  const { path, text, updated } = await readme();
  if (text !== updated) await writeFile(join(ROOT, path), updated);
  say(text === updated ? `${path} is fresh` : `wrote ${path}`);
} catch (error) {
  exitWith(error);
}
