/**
 * `pnpm gpu:bundle [--output FILE]`: one archive with which a Linux x64 machine with a GPU and no network holds the webgpu backend to JAX's
 * goldens and times it beside other libraries. Unpack it there and start `run.sh` (docs/benchmarking.md).
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { checkSize, filesThatName, megabytes, pack } from './gpu-bundle/archive.ts';
import { copyGoldens } from './gpu-bundle/goldens.ts';
import { copyMachineFiles } from './gpu-bundle/machine-files.ts';
import { copyPackages, dependenciesOf } from './gpu-bundle/packages.ts';
import { ROOT } from './setup/paths.mjs';
import { installPeers } from './setup/peers.mjs';
import { firstLine } from './setup/process.mjs';
import { exitWith, say, SetupError } from './setup/say.mjs';
import { REPORT, turbo } from './steps.ts';

const NAME = 'laxconv-gpu-linux-x64';
const PEERS = ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-webgpu', 'onnxruntime-web', '@jax-js/jax'];
const OURS = ['@laxconv/conformance', '@laxconv/webgpu'];

/** Fills the folder of the archive. */
async function fill(folder: string): Promise<void> {
  await copyMachineFiles(folder);
  const bench = join(ROOT, 'bench');
  const packages = dependenciesOf(ROOT, OURS);
  for (const [name, path] of dependenciesOf(bench, dependencyNames(bench))) packages.set(name, path);
  copyPackages(packages.set('@laxconv/bench', bench), folder);
  // The benchmark looks for its peers beside its `dist`.
  copyPackages(dependenciesOf(join(bench, 'peers'), PEERS), join(folder, 'node_modules', '@laxconv', 'bench', 'peers'));
  const families = copyGoldens(join(folder, 'goldens'));
  say(`the goldens are those of ${families.join(', ')}`);
  mkdirSync(join(folder, 'expectations'));
  cpSync(join(ROOT, 'conformance', 'expectations', 'webgpu.jsonc'), join(folder, 'expectations', 'webgpu.jsonc'));
  const machine = join(ROOT, 'scripts', 'gpu-bundle', 'machine');
  cpSync(machine, folder, { recursive: true, filter: (path) => !path.endsWith('.test.ts') });
  for (const name of ['LICENSE', 'NOTICE']) cpSync(join(ROOT, name), join(folder, name));
  // Modules by default; and the commit, which there is no checkout to ask there.
  writeFileSync(
    join(folder, 'package.json'),
    `${JSON.stringify({ private: true, type: 'module', commit: commit(), goldens: families }, undefined, 1)}\n`,
  );
}

function dependencyNames(folder: string): string[] {
  const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly dependencies: object };
  return Object.keys(dependencies);
}

/** Such as '1f2e3d4c5b6a+', with a plus where files were changed; null outside a checkout. */
function commit(): string | null {
  const id = firstLine('git', ['-C', ROOT, 'rev-parse', '--short=12', 'HEAD']);
  if (id === undefined) return null;
  return firstLine('git', ['-C', ROOT, 'status', '--porcelain', '--untracked-files=no']) === '' ? id : `${id}+`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { output: { type: 'string', default: join(REPORT, `${NAME}.tar.xz`) } } });
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new SetupError(
      `the bundle takes Node and the Vulkan loader from this machine, which must be Linux on x64, not ${process.platform} on ${process.arch}.`,
    );
  await turbo('building the packages', 'the build failed, so there is nothing to bundle', ['build']);
  await installPeers();
  const work = mkdtempSync(join(tmpdir(), 'laxconv-gpu-bundle-'));
  try {
    const folder = join(work, NAME);
    mkdirSync(folder);
    await fill(folder);
    const naming = filesThatName(folder, [ROOT, work, ...(existsSync(homedir()) && homedir() !== '/' ? [`${homedir()}/`] : [])]);
    if (naming.length > 0) throw new SetupError(`paths of this machine stand in ${naming.join(', ')} of the bundle.`, 1);
    const archive = resolve(values.output);
    say('packing; about a minute');
    const bytes = pack(folder, archive);
    say(`${archive}: ${megabytes(bytes)}`);
    checkSize(bytes);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

try {
  await main();
} catch (error) {
  exitWith(error);
}
