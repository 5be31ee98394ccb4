/** Places that lack what the module is unpacked by or runs on: a typed error says what is missing and what would help, or it works. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { compileModule, createBackend, moduleBytes } from '../index.ts';

const refusal = (message: string) => ({
  rule: 'backend/unavailable',
  jaxError: 'RuntimeError',
  message: expect.stringContaining(message) as string,
});

const anything: unknown = new Proxy(() => undefined, { get: (_, name) => (name === 'then' ? undefined : anything), apply: () => anything });

function touchy(): never {
  throw new Error('touched');
}

/** As globalThis.process: real ones, and what pages put there. */
const PROCESSES: readonly (readonly [string, unknown])[] = [
  ['none', undefined],
  ['one without modules', { env: {} }],
  ['one whose modules are strings', new Proxy({}, { get: () => 'development' })],
  ['one that answers everything', anything],
  ['one that throws', new Proxy({}, { get: touchy })],
];

afterEach(() => vi.unstubAllGlobals());

describe.each(PROCESSES)('with a process that is %s', (_, process) => {
  // vitest itself looks at the process.
  const as = async <T>(run: () => Promise<T>): Promise<T> => {
    vi.stubGlobal('process', process);
    try {
      return await run();
    } finally {
      vi.unstubAllGlobals();
    }
  };

  test('a platform with streams works', async () => {
    const expected = await moduleBytes();
    expect(await as(moduleBytes)).toEqual(expected);
  });

  test.each([['atob'], ['Blob'], ['DecompressionStream'], ['Response']])('a platform without %s is said to be one', async (name) => {
    await expect(
      as(() => {
        vi.stubGlobal(name, undefined);
        return createBackend();
      }),
    ).rejects.toMatchObject(refusal(`there is no ${name}`));
  });
});

// As under `node --jitless`, where these sources cannot be loaded.
test('without WebAssembly nothing blames what was given', async () => {
  const module = await compileModule();
  const bytes = await moduleBytes();
  vi.stubGlobal('WebAssembly', undefined);
  for (const start of [
    createBackend,
    () => createBackend({ module }),
    () => createBackend({ module: bytes }),
    compileModule,
    moduleBytes,
  ]) {
    await expect(start()).rejects.toMatchObject(refusal('there is no WebAssembly here'));
  }
});
