import { expect, it } from 'vitest';
import { timed, timedUntilDone } from './timed.ts';

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

it('takes the time of all calls', async () => {
  let calls = 0;
  const sample = timed(async () => {
    calls++;
    await later(5);
  });
  expect(await sample(4)).toBeGreaterThan(15);
  expect(calls).toBe(4);
});

it('waits once for all calls, and the wait is in the time', async () => {
  const log: string[] = [];
  const sample = timedUntilDone(
    () => log.push('run'),
    async () => {
      log.push('done');
      await later(20);
    },
  );
  expect(await sample(3)).toBeGreaterThan(15);
  expect(log).toEqual(['run', 'run', 'run', 'done']);
});
