/** Who asks at once shares a compilation; a failure is told to all who wait, and forgotten. */
import { beforeEach, expect, test } from 'vitest';
import { FakeDevice } from './fake-device.test.fixture.ts';
import { PipelineCache } from './pipeline-cache.ts';

const shader = { name: 'kernel', code: 'a' };

let fake: FakeDevice;
let cache: PipelineCache;
beforeEach(() => {
  fake = new FakeDevice();
  cache = new PipelineCache(fake.device, fake.loss);
});

test('requests at once share one compilation, and later ones its pipeline', async () => {
  const { promise, resolve } = Promise.withResolvers<object>();
  fake.compile = () => promise;
  const waiting = [cache.pipelineOf('op', shader), cache.pipelineOf('other', { ...shader, name: 'the same by another name' })];
  resolve({});
  const [first, second] = await Promise.all(waiting);
  expect(second).toBe(first);
  expect(await cache.pipelineOf('op', shader)).toBe(first);
  expect([fake.modules, cache.count]).toEqual([['a'], 1]);
});

test('other code is another pipeline, whatever its name', async () => {
  const first = await cache.pipelineOf('op', shader);
  expect(await cache.pipelineOf('op', { ...shader, code: 'b' })).not.toBe(first);
  expect([fake.modules, cache.count]).toEqual([['a', 'b'], 2]);
});

test('of many, those that were asked for last are kept', async () => {
  const ask = (code: number) => cache.pipelineOf('op', { name: 'kernel', code: `${code}` });
  for (let code = 0; code < 1000; code++) await Promise.all([ask(code), ask(0)]);
  // 0 was asked for all the time.
  expect([cache.count, fake.modules.length]).toEqual([256, 1000]);
  const compiled = fake.modules.length;
  await Promise.all([0, 999, 800].map(ask));
  expect(fake.modules.length).toBe(compiled);
  await ask(1);
  expect([fake.modules.length, cache.count]).toEqual([compiled + 1, 256]);
});

test('a failure names the shader and what is wrong, reaches all who wait, and is not kept', async () => {
  fake.moduleError = 'unresolved identifier';
  fake.compile = () => Promise.reject(new Error('invalid module'));
  const outcomes = await Promise.allSettled([cache.pipelineOf('op', shader), cache.pipelineOf('op', shader)]);
  const error = { rule: 'backend/failed', message: expect.stringMatching(/kernel does not compile: unresolved identifier/) as string };
  expect(outcomes).toMatchObject([
    { status: 'rejected', reason: error },
    { status: 'rejected', reason: error },
  ]);
  expect([fake.modules, cache.count]).toEqual([['a'], 0]);

  fake.moduleError = undefined;
  fake.compile = () => Promise.resolve({});
  await expect(cache.pipelineOf('op', shader)).resolves.toBeDefined();
  expect([fake.modules, cache.count]).toEqual([['a', 'a'], 1]);
});

test('where the module is right, the pipeline’s own words are told', async () => {
  fake.compile = () => Promise.reject(new Error('too many bindings'));
  await expect(cache.pipelineOf('op', shader)).rejects.toMatchObject({ message: expect.stringContaining('too many bindings') as string });
});

test('a device that is lost while it compiles rejects at once, by that name', async () => {
  const { promise } = Promise.withResolvers<object>();
  fake.compile = () => promise;
  const waiting = cache.pipelineOf('op', shader);
  fake.lose('destroyed');
  await expect(waiting).rejects.toMatchObject({ rule: 'backend/lost' });
  expect(cache.count).toBe(0);
});
