/** Which backend an instance gets, what it says of the others, and what it refuses. */
import { describe, expect, test } from 'vitest';
import { createBackend } from '@laxconv/naive';
import { laxconv, tensor, toNested } from './index.ts';
import { LOADERS } from './loaders.ts';
import type { LaxconvOptions } from './options.ts';

const x = tensor([[[1, 2, 3, 4]]]);
const w = tensor([[[1, 1]]]);

describe('backend', () => {
  test('a name', async () => {
    const { lax, backend, dispose } = await laxconv({ backend: 'naive' });
    expect(toNested(await lax.conv(x, w, [1], 'VALID'))).toEqual([[[3, 5, 7]]]);
    expect([backend.name, backend.rejected]).toEqual(['naive', []]);
    await dispose();
    await expect(lax.conv(x, w, [1], 'VALID')).rejects.toMatchObject({ rule: 'instance/disposed' });
  });

  test.each([[undefined], [{}], [{ backend: 'auto' }], [{ backend: undefined }]] as const)(
    '%o is auto: what starts, in order',
    async (options) => {
      await using instance = await laxconv(options);
      // Where there is a graphics card, webgpu starts; a driver in software is passed over, and so is none.
      const { name, rejected } = instance.backend;
      expect(name).toMatch(/^(webgpu\+)?wasm\+naive$/);
      if (name === 'wasm+naive') {
        expect(rejected).toEqual([
          { backend: 'webgpu', reason: expect.stringMatching(/computes on the CPU|no adapter|no graphics card/) as string },
        ]);
      }
    },
  );

  test.each(['naive', 'wasm'] as const)('%s is asked to prepare what is no problem', async (name) => {
    const backend = await LOADERS[name](undefined, true);
    for (const given of [null, undefined, 5, {}]) {
      await expect(backend.prepare(given as never)).rejects.toMatchObject({ rule: 'backend/problem', op: `backend ${name}: prepare` });
    }
    await backend.dispose();
  });

  test('a list remembers what did not start', async () => {
    const gpu = { requestAdapter: () => Promise.resolve(null) };
    await using instance = await laxconv({ backend: ['webgpu', 'naive'], webgpu: { gpu } });
    expect([instance.backend.name, instance.backend.rejected.length]).toEqual(['naive', 1]);
  });

  test('a Backend object stays its maker’s', async () => {
    const backend = await createBackend();
    const instance = await laxconv({ backend: [backend, 'naive'] });
    expect(instance.backend.name).toBe('naive+naive');
    await instance.dispose();
    await using again = await laxconv({ backend });
    expect(toNested(await again.lax.conv(x, w, [1], 'VALID'))).toEqual([[[3, 5, 7]]]);
  });
});

describe('refusals', () => {
  test('one named backend never falls back', async () => {
    const gpu = { requestAdapter: () => Promise.resolve(null) };
    await expect(laxconv({ backend: 'webgpu', webgpu: { gpu } })).rejects.toMatchObject({
      name: 'LaxconvRuntimeError',
      jaxError: 'RuntimeError',
      rule: 'backend/unavailable',
      message: expect.stringContaining('driver'),
    });
  });

  test('wrong options of a backend throw, and nothing falls back', async () => {
    await expect(laxconv({ wasm: { speed: 'high' } as never })).rejects.toMatchObject({ rule: 'call/unknown-option', argument: 'speed' });
  });

  const containsItself: unknown[] = [];
  containsItself.push(containsItself);

  test.each<[string, string, unknown]>([
    ['backend/unknown', 'ValueError', { backend: 'cuda' }],
    ['backend/unknown', 'ValueError', { backend: null }],
    ['backend/unknown', 'ValueError', { backend: {} }],
    ['backend/unknown', 'ValueError', { backend: [] }],
    ['backend/unknown', 'ValueError', { backend: ['naive', 'auto'] }],
    ['backend/unknown', 'ValueError', { backend: [containsItself] }],
    ['call/unknown-option', 'TypeError', { threads: 2 }],
    ['call/options', 'TypeError', 'naive'],
    ['call/options', 'TypeError', null],
    ['call/options', 'TypeError', ['naive']],
    ['call/options', 'TypeError', { wasm: 4 }],
  ])('%s, %s: %o', async (rule, jaxError, options) => {
    await expect(laxconv(options as LaxconvOptions)).rejects.toMatchObject({ rule, jaxError, op: 'laxconv' });
  });
});
