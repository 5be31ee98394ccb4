/** Backends with memory of their own are timed there: operands and results stay, and each sample ends when all of it is computed. */
import { expect, it, vi } from 'vitest';
import type { BenchCase } from '../cases/bench-case.ts';
import { layer } from '../cases/describe-call.ts';
import { deviceBackend } from './device-backend.test.fixture.ts';
import { waitWith } from './device-timing.ts';
import { runCase } from './run-case.ts';

const CASE: BenchCase = {
  name: 'test/conv',
  about: 'a small layer',
  call: layer([1, 6, 6, 4], [3, 3, 4, 4]),
  quick: true,
  publicCall: true,
};
const OPTIONS = { rounds: 3, roundMs: 10, warmUpMs: 1, signal: new AbortController().signal };

it('is timed on operands in its memory, waited for as was said, verified, and leaves nothing there', async () => {
  const backend = await deviceBackend();
  const done = vi.fn(() => Promise.resolve());
  waitWith(backend, done);
  const { results } = await runCase(CASE, [backend], OPTIONS);
  expect(results.map(({ implementation, status }) => [implementation, status])).toEqual([
    ['device', 'measured'],
    ['device · lax.convGeneralDilated', 'measured'],
  ]);
  const samples = results.reduce((sum, result) => sum + (result.status === 'measured' ? result.rounds.flat().length : 0), 0);
  expect(done.mock.calls.length).toBeGreaterThan(samples);
  // Only the verified results were read back.
  expect(backend.reads()).toBe(2);
  expect(backend.alive.size).toBe(0);
});

it('reads a number back behind the calls where nobody has said how to wait', async () => {
  const backend = await deviceBackend();
  const { results } = await runCase({ ...CASE, publicCall: false }, [backend], OPTIONS);
  const [result] = results;
  const samples = result.status === 'measured' ? result.rounds.flat().length : 0;
  expect(samples).toBeGreaterThan(0);
  expect(backend.reads()).toBeGreaterThan(samples);
  expect(backend.alive.size).toBe(0);
});

it('makes a sample of several short calls', async () => {
  const backend = await deviceBackend();
  // Each wait takes longer than the calls.
  waitWith(backend, () => new Promise((resolve) => setTimeout(resolve, 2)));
  const { results } = await runCase({ ...CASE, publicCall: false }, [backend], { ...OPTIONS, warmUpMs: 100 });
  expect(results[0]).toMatchObject({ status: 'measured' });
  expect(results[0].status === 'measured' ? results[0].batch : 0).toBeGreaterThan(1);
});

it('fails where results of device operands come back to the host', async () => {
  const { results } = await runCase(CASE, [await deviceBackend({ keepsOnHost: true })], OPTIONS);
  expect(results[0]).toMatchObject({ status: 'failed', reason: expect.stringContaining('the result is in host memory') });
});
