/**
 * Builds the numeric module, once with SIMD and once with relaxed SIMD: AssemblyScript is written out (toolchain/), compiled, and put
 * into src/generated/ as base64, so that a bundler, a worker and Node load it alike, without a fetch. It is deflated first: what is base64
 * can hardly be compressed on its way.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { depthwiseSources } from './depthwise.ts';
import { fftPasses } from './fft-passes.ts';
import { igemmSources } from './igemm.ts';
import { rowsSources } from './rows.ts';
import { winogradSource } from './winograd.ts';
import { finished } from './finish-module.ts';
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
  'fft-passes.ts': fftPasses(),
};
for (const [name, source] of Object.entries(SOURCES)) writeFileSync(path.join(ASSEMBLY, name), source);

const asc = createRequire(import.meta.url).resolve('assemblyscript/bin/asc.js');
// 112: vectors pass between our own functions only.
// Shrunk by one level: 2.7 kB less to load, and no kernel slower by more than 2 % (what runs in the loops is written out anyway).
const OPTIONS = [
  '-O3',
  '--shrinkLevel',
  '1',
  '--disableWarning',
  '112',
  '--noAssert',
  '--runtime',
  'stub',
  '--use',
  'abort=',
  '--enable',
  'simd',
];
// A module that says how large its memory may get takes a shared one after the change of one byte (finish-module.ts).
const MEMORY = ['--importMemory', '--noExportMemory', '--maximumMemory', '65536'];

function compiled(name: string, features: readonly string[]): Buffer {
  const file = path.join(GENERATED, `${name}.wasm`);
  execFileSync(process.execPath, [asc, path.join(PACKAGE, 'assembly', 'index.ts'), '-o', file, ...OPTIONS, ...MEMORY, ...features], {
    stdio: 'inherit',
    cwd: PACKAGE,
  });
  const bytes = readFileSync(file);
  rmSync(file);
  return bytes;
}

const builds = Object.entries(BUILDS).map(([name, features]) => ({ name, bytes: compiled(name, features) }));
// Also the blocks' layout and everything else that the kernels were written by: whatever changes a kernel changes this.
const hash = createHash('sha256');
for (const { bytes } of builds) hash.update(bytes);
const fingerprint = hash.digest('hex').slice(0, 16);

for (const { name, bytes } of builds) {
  const { module, sharedAt } = finished(bytes, name, fingerprint);
  const source = [
    `/** The module of this build, deflated, in base64; written by toolchain/build.ts. */`,
    `export const DEFLATED: string = '${deflateRawSync(module, { level: 9 }).toString('base64')}';`,
    `/** Bytes to change, and what to, for a module that takes a shared memory. */`,
    `export const SHARED: readonly (readonly [at: number, byte: number])[] = ${JSON.stringify(sharedAt)};`,
  ].join('\n');
  writeFileSync(path.join(GENERATED, `${name}.ts`), `${source}\n`);
  process.stdout.write(`${name}: ${module.length} bytes, ${gzipSync(source).length} on the wire\n`);
}
writeFileSync(
  path.join(GENERATED, 'fingerprint.ts'),
  `/** Of both builds: what a module must carry to fit the TypeScript around it. Written by toolchain/build.ts. */\nexport const FINGERPRINT = '${fingerprint}';\n`,
);
