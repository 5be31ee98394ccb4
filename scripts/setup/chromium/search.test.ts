import { beforeEach, expect, test, vi } from 'vitest';
import { searchChromium, type BrowserProbe, type BrowserSource } from './search.ts';

const probe: BrowserProbe = (path) =>
  Promise.resolve(path.startsWith('/broken') ? { reason: 'libnss3.so is missing' } : { version: '156.0' });
const has = (name: string, path: string): BrowserSource => ({ name, find: () => Promise.resolve({ path }) });
const lacks = (name: string, reason: string): BrowserSource => ({ name, find: () => Promise.resolve({ reason }) });

beforeEach(() => {
  vi.spyOn(console, 'log').mockReturnValue();
});

test('the first that starts is taken, and nothing after it is asked', async () => {
  const download = vi.fn<BrowserSource['find']>();
  const sources = [
    lacks('own', 'none'),
    has('system', '/broken/chromium'),
    has('other', '/usr/bin/chromium'),
    { name: 'download', find: download },
  ];
  expect(await searchChromium(sources, probe, {})).toEqual({ path: '/usr/bin/chromium', version: '156.0' });
  expect(download).not.toHaveBeenCalled();
});

test('none: every reason is told', async () => {
  const found = await searchChromium(
    [has('system', '/broken/chromium'), lacks('download', 'no network'), lacks('apt', 'needs root')],
    probe,
    {},
  );
  expect(found).toEqual({
    what: 'chromium',
    why: 'no Chromium was found: system: /broken/chromium does not start (libnss3.so is missing); no network; needs root',
    how: expect.stringContaining('LAXCONV_CHROMIUM') as string,
  });
});

test('LAXCONV_CHROMIUM comes first, and must start', async () => {
  const system = has('system', '/usr/bin/chromium');
  expect(await searchChromium([system], probe, { LAXCONV_CHROMIUM: '/opt/chrome' })).toMatchObject({ path: '/opt/chrome' });
  await expect(searchChromium([system], probe, { LAXCONV_CHROMIUM: '/broken/x' })).rejects.toThrow(
    '/broken/x, which does not start: libnss3.so is missing',
  );
});

test('LAXCONV_WITHOUT is obeyed', async () => {
  const found = await searchChromium([has('system', '/usr/bin/chromium')], probe, { LAXCONV_WITHOUT: 'chromium' });
  expect(found).toMatchObject({ what: 'chromium', why: 'LAXCONV_WITHOUT names it' });
});
