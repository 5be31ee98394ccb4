/** Shared runs: equal to those of one thread bit by bit, side by side and in a row; and workers that die, hang, throw or never come. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Lifetime, type BoundConv, type Tensor } from '@laxconv/api/backend';
import { integers, problemOf } from '../convolve.test.fixture.ts';
import { loadModule } from '../module/load.ts';
import { Machine } from '../program/machine.ts';
import { WasmPlan } from '../wasm-plan.ts';
import { nodeThreads, type NodeWorker } from './platform.ts';
import { sharingMachine } from './sharing-machine.test.fixture.ts';
import type { Message } from './serve.ts';
import { startWorker, type StartWorker, type WorkerHandle } from './start-worker.ts';

const problem = problemOf([2, 8, 20, 20], [40, 8, 3, 3], [1, 1], 'SAME', { precision: 'highest' });
const lhs = integers([2, 8, 20, 20], 'float32', 1);
const rhs = integers([40, 8, 3, 3], 'float32', 2);
const lost = { rule: 'backend/failed', jaxError: 'RuntimeError' };

const WAIT = { timeout: 20_000 };

const machines: Machine[] = [];
afterEach(async () => {
  await Promise.all(machines.splice(0).map((machine) => machine.end()));
});

async function bound(machine: Machine): Promise<BoundConv> {
  machines.push(machine);
  return new WasmPlan(machine, problem, new Lifetime('the test', () => undefined)).bindRhs(rhs);
}

async function alone(x: Tensor = lhs): Promise<number[]> {
  const conv = await bound(new Machine(await loadModule()));
  return numbers(await conv.run(x));
}

function numbers(result: unknown): number[] {
  return Array.from((result as Tensor<'float32'>).data);
}

/** Workers that a test can reach once they are ready. */
function reachable(ready: WorkerHandle[]): StartWorker {
  return (boot, events) => {
    const message = (heard: Message): void => {
      if (heard === 'ready') ready.push(handle);
      events.message(heard);
    };
    const handle = startWorker(boot, { ...events, message });
    return handle;
  };
}

/** A worker that runs `source` with the boot object as `boot`. */
function worker(source: string): StartWorker {
  return (boot, events) => {
    const { Worker } = nodeThreads() as unknown as { Worker: new (source: string, options: object) => NodeWorker };
    const body = `const { workerData: boot, parentPort } = require('node:worker_threads');
      const unclaimed = () => Atomics.load(boot.control, 0);
      const take = () => { Atomics.store(boot.control, 80 + 16 * boot.thread, 1); for (;;) if (unclaimed() > 0 && Atomics.sub(boot.control, 0, 1) > 0) return true; };
      parentPort.postMessage('ready'); ${source}`;
    const thread = new Worker(body, { eval: true, workerData: boot });
    thread.unref();
    thread.on('error', (error) => events.end(String(error)));
    thread.on('exit', () => events.end('exit'));
    return { hold: (held) => (held ? thread.ref() : thread.unref()), terminate: async () => void (await thread.terminate()) };
  };
}

/** Runs until a worker that takes a chunk has come to take one. */
async function untilItRejects(conv: BoundConv): Promise<unknown> {
  for (const end = performance.now() + WAIT.timeout; performance.now() < end;) {
    try {
      await conv.run(lhs);
    } catch (error) {
      return error;
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error('no run was rejected');
}

describe('shared runs', () => {
  test.each([2, 3, 7])('on %s threads equal those on one', async (threads) => {
    const expected = await alone();
    const conv = await bound(await sharingMachine({ threads }));
    for (let index = 0; index < 100; index++) expect(numbers(await conv.run(lhs))).toEqual(expected);
  });

  test('asked for together come in order, each with its own operand', async () => {
    const inputs = Array.from({ length: 32 }, (_, index) => integers([2, 8, 20, 20], 'float32', index + 10));
    const expected = await Promise.all(inputs.map(alone));
    const conv = await bound(await sharingMachine());
    const order: number[] = [];
    const results = await Promise.all(
      inputs.map(async (input, index) => {
        const result = await conv.run(input);
        order.push(index);
        return numbers(result);
      }),
    );
    expect(results).toEqual(expected);
    expect(order).toEqual(inputs.map((_, index) => index));
  });

  test('leave synchronous runs their own place', async () => {
    const other = integers([2, 8, 20, 20], 'float32', 5);
    const [expected, expectedOther] = [await alone(), await alone(other)];
    const conv = await bound(await sharingMachine());
    for (let index = 0; index < 100; index++) {
      const running = conv.run(lhs);
      expect(numbers(conv.runSync?.(other))).toEqual(expectedOther);
      expect(numbers(await running)).toEqual(expected);
    }
  });

  test('finish after dispose, and workers end', async () => {
    const expected = await alone();
    const conv = await bound(await sharingMachine());
    const running = [conv.run(lhs), conv.run(lhs)];
    void conv.dispose();
    expect((await Promise.all(running)).map(numbers)).toEqual([expected, expected]);
    await expect(conv.run(lhs)).rejects.toMatchObject({ rule: 'instance/disposed' });
  });
});

describe('a worker', () => {
  test('that is terminated between runs is replaced', async () => {
    const expected = await alone();
    const ready: WorkerHandle[] = [];
    const conv = await bound(await sharingMachine({ start: reachable(ready) }));
    for (let index = 0; index < 5; index++) {
      await vi.waitFor(() => expect(ready.length).toBe(index + 1), WAIT);
      await ready[index].terminate();
      for (let run = 0; run < 5; run++) expect(numbers(await conv.run(lhs))).toEqual(expected);
    }
  });

  test.each([
    ['exits', 'take(); process.exit(3);'],
    ['throws', 'take(); throw new Error("broken");'],
  ])('that %s with a chunk in hand rejects the run, and the next one has another worker', async (_what, source) => {
    const expected = await alone();
    let broken = true;
    const conv = await bound(await sharingMachine({ start: (boot, events) => (broken ? worker(source) : startWorker)(boot, events) }));
    expect(await untilItRejects(conv)).toMatchObject(lost);
    broken = false;
    for (let index = 0; index < 50; index++) expect(numbers(await conv.run(lhs))).toEqual(expected);
  });

  test('that hangs with a chunk in hand rejects the run in a while, and those behind it run', async () => {
    const expected = await alone();
    let started = 0;
    const start: StartWorker = (boot, events) => (started++ === 0 ? worker('take(); for (;;);') : startWorker)(boot, events);
    const conv = await bound(await sharingMachine({ start }));
    const rejected: unknown[] = [];
    for (const end = performance.now() + WAIT.timeout; performance.now() < end && rejected.length === 0;) {
      for (const outcome of await Promise.allSettled([conv.run(lhs), conv.run(lhs), conv.run(lhs)])) {
        if (outcome.status === 'rejected') rejected.push(outcome.reason);
        else expect(numbers(outcome.value)).toEqual(expected);
      }
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect(rejected).toEqual([expect.objectContaining(lost)]);
    for (let index = 0; index < 20; index++) expect(numbers(await conv.run(lhs))).toEqual(expected);
  });

  test.each<[string, StartWorker]>([
    ['does not start', worker('process.exit(1)')],
    [
      'cannot be made',
      () => {
        throw new Error('refused by the policy of the page');
      },
    ],
    ['never answers', worker('for (;;);')],
  ])('that %s is not waited for', async (_what, start) => {
    const expected = await alone();
    const conv = await bound(await sharingMachine({ start }));
    for (let index = 0; index < 20; index++) {
      expect(numbers(await conv.run(lhs))).toEqual(expected);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  });
});
