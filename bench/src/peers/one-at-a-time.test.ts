import { expect, it } from 'vitest';
import { oneAtATime } from './one-at-a-time.ts';

it('runs tasks in order, one at a time, and goes on after a failure', async () => {
  const log: string[] = [];
  const queue = oneAtATime();
  const task = (name: string, ms: number) => async (): Promise<string> => {
    log.push(`${name} begins`);
    await new Promise((resolve) => setTimeout(resolve, ms));
    log.push(`${name} ends`);
    if (name === 'b') throw new Error('b fails');
    return name;
  };
  const results = await Promise.allSettled([queue(task('a', 20)), queue(task('b', 1)), queue(task('c', 1))]);
  expect(results.map((result) => (result.status === 'fulfilled' ? result.value : 'failed'))).toEqual(['a', 'failed', 'c']);
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});
