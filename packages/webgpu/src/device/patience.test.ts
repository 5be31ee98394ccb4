/** Short sleeps while something is awaited, one chain of them for all, and none before or after. */
import { afterEach, beforeEach, expect, test, vi, type MockInstance } from 'vitest';
import { patiently } from './patience.ts';

const delay = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

let naps: MockInstance<typeof Atomics.wait>;
beforeEach(() => {
  naps = vi.spyOn(Atomics, 'wait');
});
afterEach(() => vi.restoreAllMocks());

test('gives what the promise gives, and throws what it throws', async () => {
  expect(await patiently(Promise.resolve(3))).toBe(3);
  await expect(patiently(Promise.reject(new Error('no')))).rejects.toThrow('no');
});

test('the first milliseconds are waited for without a sleep', async () => {
  const clock = vi.spyOn(performance, 'now').mockReturnValue(100);
  const waiting = patiently(delay(20));
  await delay(10);
  expect(naps).not.toHaveBeenCalled();
  clock.mockReturnValue(102);
  await waiting;
  expect(naps).toHaveBeenCalled();
});

test('sleeps while it waits, and no longer', async () => {
  await patiently(delay(20));
  expect(naps.mock.calls.length).toBeGreaterThan(3);
  await delay(2);
  const count = naps.mock.calls.length;
  await delay(10);
  expect(naps).toHaveBeenCalledTimes(count);
});

test('many at once are one chain', async () => {
  const turns = vi.spyOn(globalThis, 'setImmediate');
  const all = Array.from({ length: 10 }, () => patiently(delay(10)));
  expect(turns).toHaveBeenCalledTimes(1);
  await Promise.all(all);
});

test('a rejection ends the chain too', async () => {
  await expect(patiently(delay(10).then(() => Promise.reject(new Error('no'))))).rejects.toThrow('no');
  await delay(2);
  naps.mockClear();
  await delay(10);
  expect(naps).not.toHaveBeenCalled();
});

test('elsewhere than in Node waiting is the platform’s', async () => {
  vi.stubGlobal('process', undefined);
  const wait = patiently(delay(10));
  vi.unstubAllGlobals();
  await wait;
  expect(naps).not.toHaveBeenCalled();
});
