/** Backends by name, with tuning on, and on one thread. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBackend } from './backends.ts';

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'laxconv-backends-'));
  file = path.join(folder, 'backend.mjs');
  writeFileSync(
    file,
    `export const createBackend = async (options) => ({ name: 'mine', info: {}, options, prepare() {}, dispose() {} });\n`,
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

test('a module’s backend has its own name and no options', async () => {
  expect(await startBackend(file)).toMatchObject({ name: 'mine', options: {} });
});

test('tuned, it is given { tune: true } and has a name of its own', async () => {
  expect(await startBackend(`${file}:tuned`)).toMatchObject({ name: 'mine:tuned', options: { tune: true } });
});

test('on one thread, it is given { threads: 1 } and has a name of its own', async () => {
  const backend = await startBackend('wasm-1t');
  expect(backend).toMatchObject({ name: 'wasm-1t', info: { threads: 1 } });
  await backend.dispose();
});

test('one that cannot be tuned says so', async () => {
  await expect(startBackend('naive:tuned')).rejects.toThrow(/naive:tuned does not start: .*"?tune/);
});

test('a name that there is not', async () => {
  await expect(startBackend('webgl:tuned')).rejects.toThrow(/no backend 'webgl'/);
});
