/** The module as an option: compiled, as bytes, for shared memory, wrong ones; and a place that has nothing but WebAssembly. */
import { createContext, runInContext } from 'node:vm';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Tensor } from '@laxconv/api/backend';
import { integers, problemOf } from '../convolve.test.fixture.ts';
import { compileModule, createBackend, moduleBytes } from '../index.ts';

const problem = problemOf([1, 3, 9, 9], [4, 3, 3, 3], [1, 1], 'SAME');
const lhs = integers([1, 3, 9, 9], 'float32', 1);
const rhs = integers([4, 3, 3, 3], 'float32', 2);

async function result(options: Parameters<typeof createBackend>[0]): Promise<{ data: Tensor['data']; threads: unknown }> {
  const backend = await createBackend(options);
  const { data } = (await (await (await backend.prepare(problem)).bindRhs(rhs)).run(lhs)) as Tensor;
  const { threads } = backend.info;
  await backend.dispose();
  return { data, threads };
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('a place that forbids compilation is said to, with what would allow it', async () => {
  vi.spyOn(WebAssembly, 'compile').mockRejectedValue(new WebAssembly.CompileError('blocked by Content-Security-Policy'));
  const refusal = {
    rule: 'backend/unavailable',
    jaxError: 'RuntimeError',
    message: expect.stringContaining("'wasm-unsafe-eval'") as string,
  };
  await expect(createBackend()).rejects.toMatchObject(refusal);
  await expect(compileModule()).rejects.toMatchObject(refusal);
});

describe('a module that is given', () => {
  test('runs compiled, and as bytes of any kind', async () => {
    const { data } = await result({ threads: 1 });
    const bytes = await moduleBytes();
    const padded = new Uint8Array(bytes.length + 3);
    padded.set(bytes, 3);
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
    shared.set(bytes);
    for (const module of [await compileModule(), bytes, bytes.buffer, padded.subarray(3), new DataView(bytes.buffer), shared as never]) {
      expect(await result({ module })).toEqual({ data, threads: 1 });
    }
  });

  test('is taken from another realm', async () => {
    const { data } = await result({ threads: 1 });
    const bytes = await moduleBytes();
    const realm = createContext({ bytes });
    const makers = [
      'new Uint8Array(bytes).buffer',
      'const shared = new SharedArrayBuffer(bytes.length); new Uint8Array(shared).set(bytes); shared',
      'new Uint8Array(bytes)',
      'new DataView(new Uint8Array(bytes).buffer)',
      'new WebAssembly.Module(bytes)',
    ];
    for (const maker of makers)
      expect(await result({ module: runInContext(`{ ${maker} }`, realm) as never })).toEqual({ data, threads: 1 });
  });

  test('for shared memory has threads', async () => {
    const module = await compileModule({ shared: true });
    const { data } = await result({ threads: 1 });
    expect(await result({ module, threads: 2 })).toEqual({ data, threads: 2 });
    expect(await result({ module, threads: 1 })).toEqual({ data, threads: 1 });
  });

  test('without shared memory has one thread, and says why', async () => {
    const backend = await createBackend({ module: await compileModule(), threads: 2 });
    expect(backend.info).toMatchObject({ threads: 1, threadsReason: expect.stringContaining('compileModule({ shared: true })') as string });
    await backend.dispose();
  });

  const empty = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  test.each<[string, unknown, string]>([
    ['another module', new WebAssembly.Module(empty), 'not one of @laxconv/wasm'],
    ['bytes of another module', empty, 'not one of @laxconv/wasm'],
    ['no module at all', new Uint8Array([1, 2, 3]), 'do not compile'],
    ['no bytes', new ArrayBuffer(0), 'do not compile'],
    ['a string', 'module.wasm', 'must be a WebAssembly.Module or its bytes'],
    ['null', null, 'must be a WebAssembly.Module or its bytes'],
    ['what only looks like one', Object.create(WebAssembly.Module.prototype), 'must be a WebAssembly.Module or its bytes'],
    ['what only looks like memory', Object.create(ArrayBuffer.prototype), 'must be a WebAssembly.Module or its bytes'],
    ['a proxy', new Proxy({}, {}), 'must be a WebAssembly.Module or its bytes'],
  ])('is refused where it is %s', async (_what, module, reason) => {
    await expect(createBackend({ module: module as never })).rejects.toMatchObject({
      rule: 'backend/option',
      jaxError: 'ValueError',
      argument: 'module',
      message: expect.stringContaining(reason) as string,
    });
  });

  test('of another version is refused', async () => {
    const bytes = await moduleBytes();
    bytes[bytes.length - 1] ^= 1;
    await expect(createBackend({ module: bytes })).rejects.toThrow('another version');
  });

  test('needs nothing of the platform but WebAssembly', async () => {
    const { data } = await result({ threads: 1 });
    const module = await compileModule();
    const missing = ['atob', 'fetch', 'URL', 'performance', 'setTimeout', 'setInterval', 'queueMicrotask', 'TextDecoder', 'TextEncoder'];
    for (const name of [...missing, 'navigator', 'SharedArrayBuffer', 'MessageChannel', 'structuredClone']) vi.stubGlobal(name, undefined);
    vi.stubGlobal('WebAssembly', { ...members(WebAssembly), compile: undefined, instantiate: undefined, validate: undefined });
    expect((await result({ module })).data).toEqual(data);
  });
});

function members(object: object): object {
  return Object.fromEntries(Object.getOwnPropertyNames(object).map((name) => [name, (object as Record<string, unknown>)[name]]));
}

describe('what gives the module', () => {
  test('gives bytes that are plain, and whose memory is nothing else', async () => {
    const bytes = await moduleBytes();
    expect(Object.getPrototypeOf(bytes) === Uint8Array.prototype).toBe(true);
    expect([bytes.byteOffset, bytes.length]).toEqual([0, bytes.buffer.byteLength]);
  });

  test.each([['yes'], [1], [null], [{}]])('refuses shared: %o', async (shared) => {
    for (const give of [compileModule, moduleBytes]) {
      await expect(give({ shared } as never)).rejects.toMatchObject({ rule: 'backend/option', jaxError: 'ValueError', argument: 'shared' });
    }
  });
});

describe('threads', () => {
  test.each<[unknown]>([[0], [-1], [1.5], [Number.NaN], [Infinity], [1e9], [65], ['two'], ['2'], [null], [true], [{}], [[2]], [2n]])(
    'of %s are refused',
    async (threads) => {
      await expect(createBackend({ threads: threads as never })).rejects.toMatchObject({
        rule: 'backend/option',
        jaxError: 'ValueError',
        argument: 'threads',
      });
    },
  );

  test("are what the machine has, by 'auto', and one where memory cannot be shared", async () => {
    vi.stubGlobal('navigator', { hardwareConcurrency: 3 });
    const three = await createBackend();
    expect(three.info).toMatchObject({ threads: 3 });
    vi.stubGlobal('navigator', { hardwareConcurrency: 128 });
    const many = await createBackend({ threads: 'auto' });
    expect(many.info).toMatchObject({ threads: 8 });
    vi.stubGlobal('crossOriginIsolated', false);
    const one = await createBackend({ threads: 4 });
    expect(one.info).toMatchObject({ threads: 1, threadsReason: expect.stringContaining('cross-origin isolated') as string });
    await Promise.all([three, many, one].map((backend) => backend.dispose()));
  });
});
