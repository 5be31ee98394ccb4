import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { checkSize, filesThatName, MOST_BYTES } from './archive.ts';
import { findVulkanLoader } from './machine-files.ts';
import { isNeeded } from './needed-files.ts';
import { dependenciesOf, filesUnder } from './packages.ts';

const folder = mkdtempSync(join(tmpdir(), 'laxconv-bundle-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
}

it('takes less than the limit, and says how large an archive is that is not', () => {
  expect(() => checkSize(MOST_BYTES - 1)).not.toThrow();
  expect(() => checkSize(MOST_BYTES)).toThrow('the bundle is 60.0 MB, and must be under 60.0 MB');
});

it('finds the files in which a path of the machine stands', () => {
  write('scan/run.ts', "const root = '/made/up/checkout';");
  write('scan/deep/fine.js', 'made/up');
  write('scan/bin/node', '/made/up/checkout');
  expect(filesThatName(join(folder, 'scan'), ['/made/up'])).toEqual(['run.ts']);
});

it('says how to get a Vulkan loader where there is none', () => {
  expect(() => findVulkanLoader([folder])).toThrow('libvulkan1');
});

it.each([
  ['webgpu', 'dist/linux-x64/dawn.node', true],
  ['webgpu', 'dist/linux-arm64/dawn.node', false],
  ['webgpu', 'LICENSE.md', true],
  ['webgpu', 'README.md', false],
  ['@laxconv/webgpu', 'dist/index.js', true],
  ['@laxconv/webgpu', 'dist/plan/gemm.test.js', false],
  ['@laxconv/webgpu', 'dist/index.d.ts', false],
  ['@laxconv/webgpu', 'src/index.ts', false],
  ['@laxconv/bench', 'peers/serve.py', true],
  ['@laxconv/bench', 'peers/pnpm-lock.yaml', false],
  ['onnxruntime-web', 'dist/ort-wasm-simd-threaded.asyncify.wasm', true],
  ['onnxruntime-web', 'dist/ort-wasm-simd-threaded.jsep.wasm', false],
  ['zod', 'v4/index.js', true],
  ['zod', 'v4/index.js.map', false],
])('of %s, knows whether %s is needed', (name, path, needed) => {
  expect(isNeeded(name, path)).toBe(needed);
});

it('follows dependencies as Node does, types aside', () => {
  write('tree/node_modules/a/package.json', '{ "dependencies": { "b": "1", "@types/b": "1" } }');
  write('tree/node_modules/b/package.json', '{}');
  expect([...dependenciesOf(join(folder, 'tree'), ['a']).keys()]).toEqual(['a', 'b']);
  expect(() => dependenciesOf(join(folder, 'tree'), ['c'])).toThrow('the package c, which the bundle needs, is not installed');
});

it('refuses two versions of one package', () => {
  write('two/node_modules/a/package.json', '{ "dependencies": { "b": "1" } }');
  write('two/node_modules/a/node_modules/b/package.json', '{}');
  write('two/node_modules/b/package.json', '{}');
  expect(() => dependenciesOf(join(folder, 'two'), ['a', 'b'])).toThrow('two versions of b');
});

it('lists a package’s own files', () => {
  write('own/index.js', '');
  write('own/node_modules/other/index.js', '');
  write('own/lib/x.js', '');
  expect(filesUnder(join(folder, 'own'))).toEqual(['index.js', 'lib/x.js']);
});
