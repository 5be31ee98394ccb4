/** Backends that fail at different moments: what goes on, what throws, and that nothing is left behind. */
import { expect, test, vi } from 'vitest';
import { refuse, type Backend } from '@laxconv/api/backend';
import type { BackendName, Loader } from './loaders.ts';
import { choicesOf } from './options.ts';
import { startBackends } from './start-backends.ts';

function fake(name: string): Backend {
  return {
    name,
    info: { nonFinite: 'ieee' },
    prepare: () => Promise.reject(new Error('not used')),
    dispose: async () => {},
  };
}

const missing: Loader = () => Promise.reject(new Error('missing'));

function loaders(loader: Partial<Record<BackendName, Loader>>): Record<BackendName, Loader> {
  return { webgpu: missing, wasm: missing, naive: missing, ...loader };
}

test('each backend gets the options under its name', async () => {
  const wasm = vi.fn<Loader>(async () => fake('wasm'));
  const webgpu = vi.fn<Loader>(async () => fake('webgpu'));
  const options = { wasm: { threads: 2 }, webgpu: { device: {} } };
  await startBackends(['webgpu', 'wasm'], options, loaders({ wasm, webgpu }));
  expect(wasm).toHaveBeenCalledWith(options.wasm, true);
  expect(webgpu).toHaveBeenCalledWith(options.webgpu, true);
  await startBackends(choicesOf('auto'), options, loaders({ wasm, webgpu }));
  expect(webgpu).toHaveBeenCalledWith(options.webgpu, false);
});

test('a backend that cannot start is passed over, with its reason', async () => {
  const naive = fake('naive');
  const given = fake('given');
  const started = await startBackends(['wasm', given, 'naive'], {}, loaders({ naive: async () => naive }));
  expect(started).toEqual({ backends: [given, naive], created: [naive], rejected: [{ backend: 'wasm', reason: 'missing' }] });
});

test('wrong options throw, and what had started is disposed of, but for what the caller gave', async () => {
  const dispose = { given: vi.fn<Backend['dispose']>(), webgpu: vi.fn<Backend['dispose']>() };
  const given = { ...fake('given'), dispose: dispose.given };
  const webgpu = { ...fake('webgpu'), dispose: dispose.webgpu };
  const wrong = refuse('call/unknown-option', 'has no option', { op: 'createBackend', argument: 'thread' });
  const table = loaders({ webgpu: async () => webgpu, wasm: () => Promise.reject(wrong) });
  await expect(startBackends([given, 'webgpu', 'wasm', 'naive'], {}, table)).rejects.toBe(wrong);
  expect(dispose.webgpu).toHaveBeenCalledOnce();
  expect(dispose.given).not.toHaveBeenCalled();
});
