/**
 * Builds the numeric module, once with SIMD and once with relaxed SIMD: AssemblyScript is written out (toolchain/), compiled, and put
 * into src/generated/ as base64, so that a bundler, a worker and Node load it alike, without a fetch.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { depthwiseSources } from './depthwise.ts';
import { igemmSources } from './igemm.ts';
import { rowsSources } from './rows.ts';
import { winogradSource } from './winograd.ts';
import { parameterClasses } from './parameters.ts';

const PACKAGE = path.join(import.meta.dirname, '..');
const ASSEMBLY = path.join(PACKAGE, 'assembly', 'generated');
const GENERATED = path.join(PACKAGE, 'src', 'generated');

const BUILDS = { simd128: [], 'relaxed-simd': ['--enable', 'relaxed-simd'] };

for (const folder of [ASSEMBLY, GENERATED]) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}
const SOURCES = {
  'parameters.ts': parameterClasses(),
  ...igemmSources(),
  ...depthwiseSources(),
  ...rowsSources(),
  'winograd.ts': winogradSource(),
};
for (const [name, source] of Object.entries(SOURCES)) writeFileSync(path.join(ASSEMBLY, name), source);

const asc = createRequire(import.meta.url).resolve('assemblyscript/bin/asc.js');
for (const [name, features] of Object.entries(BUILDS)) {
  const file = path.join(GENERATED, `${name}.wasm`);
  const options = ['-O3', '--noAssert', '--runtime', 'stub', '--use', 'abort=', '--importMemory', '--noExportMemory', '--enable', 'simd'];
  execFileSync(process.execPath, [asc, path.join(PACKAGE, 'assembly', 'index.ts'), '-o', file, ...options, ...features], {
    stdio: 'inherit',
    cwd: PACKAGE,
  });
  const bytes = readFileSync(file);
  const source = [
    `/** The module of this build in base64, written by toolchain/build.ts. */`,
    `export const BYTES: string = '${bytes.toString('base64')}';`,
  ].join('\n');
  writeFileSync(path.join(GENERATED, `${name}.ts`), `${source}\n`);
  process.stdout.write(`${name}: ${bytes.length} bytes, ${gzipSync(source).length} as gzipped base64\n`);
}
