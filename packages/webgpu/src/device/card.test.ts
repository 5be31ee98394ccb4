/** A look at /dev says no only where that is certain. */
import { expect, test } from 'vitest';
import { acquireDevice } from './acquire.ts';
import { mayHaveCard } from './card.ts';

const linuxWith = (...files: readonly string[]): object => ({
  platform: 'linux',
  getBuiltinModule: () => ({ existsSync: (file: string) => files.includes(file) }),
});

test.each([
  ['Linux without a card', false, { process: linuxWith('/dev/null') }],
  ['Linux with a card of the kernel’s', true, { process: linuxWith('/dev/dri') }],
  ['Linux with NVIDIA’s alone, as in containers', true, { process: linuxWith('/dev/nvidiactl') }],
  ['Linux in Windows', true, { process: linuxWith('/dev/dxg') }],
  ['other systems', true, { process: { ...linuxWith(), platform: 'darwin' } }],
  ['a platform with a GPU of its own', true, { navigator: { gpu: {} }, process: linuxWith() }],
  ['a browser', true, { navigator: {} }],
  ['an old Node', true, { process: { platform: 'linux' } }],
])('%s: %s', (_, expected, platform) => {
  expect(mayHaveCard(platform as never)).toBe(expected);
});

test('a GPU that the caller gives is asked all the same', async () => {
  const asked: unknown[] = [];
  const gpu = { requestAdapter: (options: unknown) => (asked.push(options), Promise.resolve(null)) };
  await expect(acquireDevice({ gpu: gpu as never, software: false })).rejects.toMatchObject({ rule: 'backend/unavailable' });
  expect(asked.length).toBe(1);
});
