/** Ends: of one, of all it made, with runs under way. */
import { expect, test, vi } from 'vitest';
import { Lifetime } from './lifetime.ts';

test('an end frees once, children first, and nothing starts afterwards', async () => {
  const freed: string[] = [];
  const backend = new Lifetime('the backend', () => void freed.push('backend'));
  const plan = new Lifetime('the plan', () => void freed.push('plan'), backend);
  const bound = new Lifetime('the bound', () => void freed.push('bound'), plan);
  const gone = new Lifetime('another', () => void freed.push('another'), plan);
  await gone.end();
  await Promise.all([backend.end(), backend.end(), plan.end()]);
  expect(freed).toEqual(['another', 'bound', 'plan', 'backend']);
  for (const each of [backend, plan, bound]) expect(() => each.enter('test')).toThrow('has been disposed of');
});

test('a run that has started delays what it needs from being freed', async () => {
  const free = vi.fn<() => void>();
  const freeBound = vi.fn<() => void>();
  const backend = new Lifetime('the backend', free);
  const bound = new Lifetime('the bound', freeBound, backend);
  bound.enter('test');
  bound.enter('test');
  const end = backend.end();
  bound.leave();
  await Promise.resolve();
  expect([freeBound, free].map(({ mock }) => mock.calls.length)).toEqual([0, 0]);
  bound.leave();
  await end;
  expect([freeBound, free].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
});

test('the end settles when what is freed in time is', async () => {
  let isFree = false;
  const slow = async (): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    isFree = true;
  };
  await new Lifetime('the backend', slow).end();
  expect(isFree).toBe(true);
});

test('what is made while its parent ends, ends with it', async () => {
  const freed: string[] = [];
  const plan = new Lifetime('the plan', () => void freed.push('plan'));
  const release = Promise.withResolvers<void>();
  const making = plan.during('test', async () => {
    await release.promise;
    return new Lifetime('the bound', () => void freed.push('bound'), plan);
  });
  const end = plan.end();
  release.resolve();
  const bound = await making;
  await end;
  expect(freed).toEqual(['bound', 'plan']);
  expect(() => bound.enter('test')).toThrow('the bound has been disposed of');
});

test('where the parent has ended nothing starts, not even in what it makes then', async () => {
  const plan = new Lifetime('the plan', () => undefined);
  await plan.end();
  const bound = new Lifetime('the bound', () => undefined, plan);
  expect(() => bound.enter('test')).toThrow('the plan has been disposed of');
});

test('a child that cannot be freed leaves its parent to end, and says so to whoever ends it', async () => {
  const fail = (): never => {
    throw new Error('stuck');
  };
  const plan = new Lifetime('the plan', () => undefined);
  const bound = new Lifetime('the bound', fail, plan);
  await plan.end();
  await expect(bound.end()).rejects.toThrow('stuck');
  await expect(new Lifetime('the late', fail, plan).end()).rejects.toThrow('stuck');
});
