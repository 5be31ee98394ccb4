/**
 * What a tarball needs from the repository's root: `add` copies it into the package (`prepack`), `remove` takes it out again
 * (`postpack`), because the kit would read a copy of the goldens before the real ones. Plain JavaScript: `pnpm pack` runs it with the
 * Node that the machine has.
 */
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const folder = process.cwd();
/** @type {{ files: string[] }} */
const { files } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

if (process.argv[2] === 'add' && !existsSync(join(folder, 'dist', 'index.js'))) {
  console.error(`${folder} is not built, and its tarball would be empty: run \`npm run build\` first.`);
  process.exit(1);
}
// LICENSE is not among them: pnpm copies it by itself.
for (const name of ['NOTICE', 'goldens'].filter((each) => files.includes(each))) {
  rmSync(join(folder, name), { recursive: true, force: true });
  if (process.argv[2] === 'add') cpSync(join(ROOT, name), join(folder, name), { recursive: true });
}
