/**
 * Packs the published packages and looks into the tarballs: what must be there, what must not, and what publint and attw say.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../setup/paths.mjs';
import { run } from '../setup/process.mjs';
import { say, SetupError } from '../setup/say.mjs';
import { tool } from '../steps.ts';

/** Published package → its folder. */
export const PUBLISHED: Readonly<Record<string, string>> = {
  '@laxconv/api': 'packages/api',
  '@laxconv/naive': 'packages/naive',
  '@laxconv/wasm': 'packages/wasm',
  '@laxconv/webgpu': 'packages/webgpu',
  laxconv: 'packages/laxconv',
  '@laxconv/conformance': 'conformance',
};

/** What every tarball carries. */
const REQUIRED = ['LICENSE', 'NOTICE', 'README.md', 'package.json', 'dist/index.js', 'dist/index.d.ts'];
const REQUIRED_OF: Readonly<Record<string, readonly string[]>> = {
  '@laxconv/conformance': ['bin/conformance.js', 'goldens/manifest.json'],
};
/** An import that the compiler left as it was in the sources. */
const UNREWRITTEN = /\b(?:from|import)\s*\(?\s*['"]\.[^'"]*\.ts['"]/;

/** Linters of tarballs, and their arguments. */
const JUDGES: readonly (readonly [string, readonly string[]])[] = [
  ['publint', ['--strict']],
  ['attw', ['--profile', 'esm-only', '--no-color']],
];

/** Packs them all into a folder: package → tarball. */
export async function packAll(folder: string): Promise<Readonly<Record<string, string>>> {
  const tarballs: Record<string, string> = {};
  for (const [name, source] of Object.entries(PUBLISHED)) {
    const destination = join(folder, name.replace('/', '-'));
    mkdirSync(destination, { recursive: true });
    const pack = await run('pnpm', ['pack', '--pack-destination', destination], { cwd: join(ROOT, source), quiet: true });
    const tarball = readdirSync(destination)[0];
    if (pack.code !== 0 || tarball === undefined) throw new SetupError(`${name} could not be packed: ${pack.output}`, 1);
    tarballs[name] = join(destination, tarball);
  }
  return tarballs;
}

/** Fails with a sentence where a tarball is not what it should be. */
export async function checkTarballs(tarballs: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, tarball] of Object.entries(tarballs)) {
    checkContents(name, tarball);
    for (const [program, args] of JUDGES) {
      const verdict = await run(tool(program), [tarball, ...args], { quiet: true });
      if (verdict.code !== 0) throw new SetupError(`${program} refuses ${name}: ${verdict.output}`, 1);
    }
    say(`${name}: publint and attw find nothing wrong`);
  }
}

function checkContents(name: string, tarball: string): void {
  const files = tar(['-tzf', tarball])
    .trim()
    .split('\n')
    .map((path) => path.replace(/^package\//, ''));
  const problems = [...REQUIRED, ...(REQUIRED_OF[name] ?? [])].filter((file) => !files.includes(file)).map((file) => `${file} is missing`);
  problems.push(...files.filter((file) => /\.test[-.]|\.tsbuildinfo$|^src\//.test(file)).map((file) => `${file} does not belong there`));
  for (const file of files.filter((path) => path.endsWith('.js'))) {
    if (UNREWRITTEN.test(tar(['-xzOf', tarball, `package/${file}`]))) problems.push(`${file} imports a .ts file`);
  }
  if (/workspace:|catalog:|@laxconv\/source/.test(tar(['-xzOf', tarball, 'package/package.json']))) {
    problems.push('package.json still speaks of the workspace');
  }
  if (problems.length > 0) throw new SetupError(`the tarball of ${name}: ${problems.join('; ')}.`, 1);
  say(`${name}: ${files.length} files, ${Math.ceil(readFileSync(tarball).length / 1024)} KiB packed`);
}

function tar(args: readonly string[]): string {
  const result = spawnSync('tar', args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (result.status !== 0) throw new SetupError(`tar ${args.join(' ')}: ${result.stderr}`, 1);
  return result.stdout;
}
