/** Packages and all that they depend on, flat in one `node_modules`: Node finds them there as it finds them in pnpm's tree of links. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { SetupError } from '../setup/say.mjs';
import { isNeeded } from './needed-files.ts';

/** Dependencies that hold types, or are wanted only while a package is installed or tested. */
const LEFT_OUT = /^@types\/|^@webgpu\/types$/;

/** Packages whose dependencies no file of theirs in the bundle imports. */
const ALONE = new Set(['webgpu', 'onnxruntime-web', '@tensorflow/tfjs-backend-webgpu']);

/**
 * Package → its folder, of these packages as `from` has them, and of what they depend on.
 * @throws SetupError where one is not installed, or two versions of one would be needed.
 */
export function dependenciesOf(from: string, names: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  const add = (name: string, asker: string): void => {
    const folder = findPackage(name, asker);
    const known = found.get(name);
    if (known !== undefined && known !== folder)
      throw new SetupError(`the bundle would need two versions of ${name}: ${known} and ${folder}.`, 1);
    if (known !== undefined) return;
    found.set(name, folder);
    if (ALONE.has(name)) return;
    const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { dependencies?: object };
    for (const dependency of Object.keys(dependencies)) if (!LEFT_OUT.test(dependency)) add(dependency, folder);
  };
  for (const name of names) add(name, from);
  return found;
}

/** As Node looks for it: in the `node_modules` of each folder upwards. */
function findPackage(name: string, from: string): string {
  for (let folder = realpathSync(from); ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return realpathSync(candidate);
    if (folder === dirname(folder)) throw new SetupError(`the package ${name}, which the bundle needs, is not installed at ${from}.`);
  }
}

/** Copies what is needed of each into `node_modules` of a folder. */
export function copyPackages(packages: ReadonlyMap<string, string>, to: string): void {
  for (const [name, folder] of packages) {
    for (const path of filesUnder(folder).filter((each) => isNeeded(name, each)))
      copy(join(folder, path), join(to, 'node_modules', name, path));
  }
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { dereference: true });
}

/** Paths relative to the folder, in order; a package's own `node_modules` is other packages'. */
export function filesUnder(folder: string, at = folder): string[] {
  return readdirSync(at, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules' || at !== folder)
    .flatMap((entry) => {
      const path = join(at, entry.name);
      if (entry.isDirectory()) return filesUnder(folder, path);
      return [relative(folder, path).replaceAll('\\', '/')];
    })
    .toSorted();
}
