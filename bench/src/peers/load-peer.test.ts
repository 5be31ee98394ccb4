import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadPeer, loadPeerAnew } from './load-peer.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'laxconv-peers-'));
  // Two libraries that keep a setting in a third, as the two ONNX Runtimes do.
  await writeFile(path.join(folder, 'shared.cjs'), 'exports.users = [];\n');
  for (const name of ['one', 'two']) {
    await writeFile(path.join(folder, `${name}.cjs`), `exports.users = require('./shared.cjs').users; exports.users.push('${name}');\n`);
  }
});
afterAll(() => rm(folder, { recursive: true }));

interface Library {
  readonly users: readonly string[];
}

it('loads copies that share nothing with each other, and leaves nothing behind for others to share', async () => {
  const file = (name: string): string => path.join(folder, `${name}.cjs`);
  const [one, again, two] = [
    await loadPeerAnew<Library>(file('one')),
    await loadPeerAnew<Library>(file('one')),
    await loadPeerAnew<Library>(file('two')),
  ];
  const plain = await loadPeer<Library>(`file://${file('two')}`);
  expect([one, again, two, plain].map(({ users }) => users)).toEqual([['one'], ['one'], ['two'], ['two']]);
});

it('loads extensions together with what they extend', async () => {
  const file = (name: string): string => path.join(folder, `${name}.cjs`);
  expect((await loadPeerAnew<Library>(file('one'), file('two'))).users).toEqual(['one', 'two']);
});

it('says which package is missing and how it is installed', async () => {
  const sentence = 'the package no-such-package is not installed; `pnpm bench --peers` installs the peers';
  await expect(loadPeer('no-such-package')).rejects.toThrow(sentence);
  await expect(loadPeerAnew('no-such-package')).rejects.toThrow(sentence);
});

it('says what went wrong in a package that does not load', async () => {
  const broken = path.join(folder, 'broken.cjs');
  await writeFile(broken, "throw new Error('no luck')");
  await expect(loadPeerAnew(broken)).rejects.toThrow(`the package ${broken} cannot be loaded: no luck`);
});
