import { beforeEach, expect, test, vi } from 'vitest';
import { lineForSuite } from './apt-source.ts';
import { searchAdapter, type AdapterProbe, type DriverSource } from './search.ts';

const has = (name: string, env: Record<string, string>): DriverSource => ({ name, find: () => Promise.resolve({ env }) });
const lacks = (reason: string): DriverSource => ({ name: 'none', find: () => Promise.resolve({ reason }) });
const probe: AdapterProbe = (env) =>
  Promise.resolve(env['DRIVER'] === undefined ? { reason: 'no adapter' } : { name: `a ${env['DRIVER']}`, isSoftware: true });

beforeEach(() => {
  vi.spyOn(console, 'log').mockReturnValue();
});

test('the first that starts is taken, with the environment it needs, and nothing after it is asked', async () => {
  const after = vi.fn<DriverSource['find']>();
  const sources = [has('own', {}), lacks('needs root'), has('swiftshader', { DRIVER: 's' }), { name: 'after', find: after }];
  expect(await searchAdapter(sources, probe, {})).toEqual({ name: 'a s', isSoftware: true, env: { DRIVER: 's' } });
  expect(after).not.toHaveBeenCalled();
});

test('none: every reason is told, and what to do', async () => {
  expect(await searchAdapter([has('own', {}), lacks('needs root')], probe, {})).toEqual({
    what: 'webgpu',
    why: 'there is no WebGPU adapter in Node: own: no adapter; needs root',
    how: expect.stringContaining('libvulkan1') as string,
  });
});

test('LAXCONV_WITHOUT is obeyed', async () => {
  expect(await searchAdapter([has('own', { DRIVER: 'x' })], probe, { LAXCONV_WITHOUT: 'chromium,webgpu' })).toMatchObject({
    what: 'webgpu',
    why: 'LAXCONV_WITHOUT names it',
  });
});

test('the line of another suite comes from the machine’s own source, in either format', () => {
  const deb822 = `Types: deb
# An archive of it
URIs: mirror://here/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/key.gpg

Types: deb
URIs: mirror://here/security
Suites: bookworm-security
`;
  const expected = 'deb [signed-by=/usr/share/keyrings/key.gpg] mirror://here/debian bookworm-backports main\n';
  expect(lineForSuite(['', deb822], 'bookworm', 'bookworm-backports')).toBe(expected);
  const lines = '# deb mirror://old bookworm main\ndeb [arch=amd64] mirror://there bookworm main contrib\n';
  expect(lineForSuite([lines], 'bookworm', 'bookworm-backports')).toBe('deb [arch=amd64] mirror://there bookworm-backports main\n');
  expect(lineForSuite([lines, deb822], 'trixie', 'trixie-backports')).toBeUndefined();
});
