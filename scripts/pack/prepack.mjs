/**
 * Runs in a package before it is packed (`prepack`): what a tarball needs from the repository's root is copied in. The copies are
 * git-ignored. Plain JavaScript, because `pnpm pack` runs it with the Node that the machine has.
 */
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const folder = process.cwd();
/** @type {{ files: string[] }} */
const { files } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

// pnpm copies LICENSE by itself.
cpSync(join(ROOT, 'NOTICE'), join(folder, 'NOTICE'));
if (files.includes('goldens')) {
  const goldens = join(folder, 'goldens');
  rmSync(goldens, { recursive: true, force: true });
  cpSync(join(ROOT, 'goldens'), goldens, { recursive: true });
}
