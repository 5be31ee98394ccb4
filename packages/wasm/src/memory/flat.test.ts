/** Memory stays flat: what is disposed of comes back, holes are filled again, and nothing is left of backends, threads and all. */
import { Lifetime } from '@laxconv/api/backend';
import { expect, test } from 'vitest';
import { createBackend } from '../index.ts';
import { MixedRuns } from '../mixed-runs.test.fixture.ts';
import { loadModule } from '../module/load.ts';
import { Machine } from '../program/machine.ts';
import { integers, problemOf } from '../convolve.test.fixture.ts';

const RUNS = 100_000;

test(`${RUNS} mixed runs leave the memory as large as their first half made it, and nothing in it`, { timeout: 300_000 }, async () => {
  const machine = new Machine(await loadModule());
  const { heap } = machine;
  const lifetime = new Lifetime('the test', () => undefined);
  let most = 0;
  const half = async (): Promise<number> => {
    // The same runs again need no more than they needed before.
    const runs = new MixedRuns(machine, lifetime, 1, 24);
    for (let index = 0; index < RUNS / 2; index++) {
      await runs.step();
      most = Math.max(most, heap.usedBytes);
    }
    await runs.end();
    return heap.buffer.byteLength;
  };
  const early = await half();
  const late = await half();
  expect(late).toBeLessThanOrEqual(early + 65_536);
  // Holes take no more than what is used.
  expect(late).toBeLessThanOrEqual(2 * most + 65_536);
  for (const { workspace, scratch } of [machine.desk, machine.spareDesk]) {
    workspace.release();
    scratch.release();
  }
  expect(heap.usedBytes).toBe(0);
});

test('50 backends come and go with their threads, and leave no worker behind', async () => {
  const problem = problemOf([1, 8, 40, 40], [32, 8, 3, 3], [1, 1], 'SAME');
  const [lhs, rhs] = [integers([1, 8, 40, 40], 'float32', 1), integers([32, 8, 3, 3], 'float32', 2)];
  const workers = (): number => process.getActiveResourcesInfo().filter((name) => name.includes('Worker') || name === 'MessagePort').length;
  const before = workers();
  for (let index = 0; index < 50; index++) {
    const backend = await createBackend({ threads: 2 });
    const bound = await (await backend.prepare(problem)).bindRhs(rhs);
    await Promise.all([bound.run(lhs), bound.run(lhs)]);
    await backend.dispose();
  }
  expect(workers()).toBeLessThanOrEqual(before);
});
