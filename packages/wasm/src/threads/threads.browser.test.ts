/** Threads in a page: workers load from the sources, share, and what they compute is what one thread computes. */
import { expect, test } from 'vitest';
import type { Tensor } from '@laxconv/api/backend';
import { integers, problemOf } from '../convolve.test.fixture.ts';
import type { Machine } from '../program/machine.ts';
import { backendOn, createBackend } from '../wasm-backend.ts';
import { sharingMachine } from './sharing-machine.test.fixture.ts';
import { startWorker } from './start-worker.ts';

const problem = problemOf([2, 8, 20, 20], [40, 8, 3, 3], [1, 1], 'SAME', { precision: 'highest' });
const lhs = integers([2, 8, 20, 20], 'float32', 1);
const rhs = integers([40, 8, 3, 3], 'float32', 2);

/** A machine of three threads, and how many of its workers are up. */
async function countingMachine(): Promise<{ readonly machine: Machine; readonly ready: () => number }> {
  let count = 0;
  const machine = await sharingMachine({
    threads: 3,
    start: (boot, events) =>
      startWorker(boot, {
        ...events,
        message: (message) => {
          if (message === 'ready') count++;
          events.message(message);
        },
      }),
  });
  return { machine, ready: () => count };
}

test('a page with the headers has as many threads as asked for', async () => {
  const backend = await createBackend({ threads: 2 });
  expect(backend.info).toMatchObject({ threads: 2, threadsReason: 'as asked' });
  await backend.dispose();
});

test('shared runs equal those on one thread, and workers take part', async () => {
  const one = await createBackend({ threads: 1 });
  const expected = (await (await (await one.prepare(problem)).bindRhs(rhs)).run(lhs)) as Tensor;
  const { machine, ready } = await countingMachine();
  const backend = backendOn(machine, 'as asked');
  const bound = await (await backend.prepare(problem)).bindRhs(rhs);
  await expect.poll(ready, { timeout: 20_000 }).toBe(2);
  for (let index = 0; index < 200; index++) expect(((await bound.run(lhs)) as Tensor).data).toEqual(expected.data);
  expect(backend.info).toMatchObject({ threads: 3 });
  await backend.dispose();
  await one.dispose();
});

test('workers are up when a convolution is bound: a loop that only awaits would never let them', async () => {
  const { machine, ready } = await countingMachine();
  const backend = backendOn(machine, 'as asked');
  const plan = await backend.prepare(problem);
  await Promise.all([plan.bindRhs(rhs), plan.bindRhs(rhs)]);
  expect(ready()).toBe(2);
  await backend.dispose();
});

test('workers that never come up are not waited for for long', async () => {
  const machine = await sharingMachine({ start: () => ({ hold: () => undefined, terminate: () => Promise.resolve() }) });
  const backend = backendOn(machine, 'as asked');
  const one = await createBackend({ threads: 1 });
  const [expected, got] = await Promise.all(
    [one, backend].map(async (each) => (await (await (await each.prepare(problem)).bindRhs(rhs)).run(lhs)) as Tensor),
  );
  expect(got.data).toEqual(expected.data);
  await Promise.all([backend.dispose(), one.dispose()]);
});

test('a worker whose file is not there is said to be so when the convolution is bound', async () => {
  const start: typeof startWorker = (boot, events) => {
    const worker = new Worker('/no-such-file.js', { type: 'module' });
    worker.addEventListener('error', () => events.end('its file is not there'));
    worker.postMessage(boot.thread);
    return { hold: () => undefined, terminate: async () => worker.terminate() };
  };
  const backend = backendOn(await sharingMachine({ start }), 'as asked');
  const bound = await (await backend.prepare(problem)).bindRhs(rhs);
  expect(backend.info).toMatchObject({ threads: 1, threadsReason: 'a worker did not start: its file is not there' });
  expect(((await bound.run(lhs)) as Tensor).shape).toEqual(problem.out.shape);
  await backend.dispose();
});

test('a worker that is terminated is noticed, and the next call works', async () => {
  const workers: Worker[] = [];
  const Original = globalThis.Worker;
  class Recorded extends Original {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      workers.push(this);
    }
  }
  globalThis.Worker = Recorded;
  try {
    const backend = backendOn(await sharingMachine(), 'as asked');
    const bound = await (await backend.prepare(problem)).bindRhs(rhs);
    const expected = (await bound.run(lhs)) as Tensor;
    for (let index = 0; index < 5; index++) {
      for (const worker of workers.splice(0)) worker.terminate();
      for (let run = 0; run < 20; run++) {
        try {
          expect(((await bound.run(lhs)) as Tensor).data).toEqual(expected.data);
        } catch (error) {
          expect(error).toMatchObject({ rule: 'backend/failed' });
        }
      }
    }
    await backend.dispose();
  } finally {
    globalThis.Worker = Original;
  }
});
