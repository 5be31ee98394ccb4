import { expect, test } from 'vitest';
import { ruleOf, ruleOfPromise } from '../rule-of.test.fixture.ts';
import { Lifetime } from './lifetime.ts';

test('started calls finish before the end, later ones reject', async () => {
  const events: string[] = [];
  const life = new Lifetime(() => Promise.resolve(void events.push('finish')));
  const { promise, resolve } = Promise.withResolvers<void>();
  const call = life.during('f', () => promise.then(() => events.push('call')));
  const end = life.end();
  await expect(ruleOfPromise(life.during('g', () => Promise.resolve(1)))).resolves.toBe('instance/disposed');
  expect(ruleOf(() => life.check('g'))).toBe('instance/disposed');
  resolve();
  await Promise.all([end, call]);
  expect(events).toEqual(['call', 'finish']);
});

test('the end is one, and waits for calls that fail', async () => {
  let finished = 0;
  const life = new Lifetime(() => Promise.resolve(void finished++));
  const call = life.during('f', () => Promise.reject(new Error('no')));
  expect(life.end()).toBe(life.end());
  await expect(call).rejects.toThrow('no');
  await life.end();
  expect(finished).toBe(1);
});

test('what throws rejects', async () => {
  const life = new Lifetime(() => Promise.resolve());
  await expect(
    life.during('f', () => {
      throw new Error('thrown');
    }),
  ).rejects.toThrow('thrown');
});

test('children end on their own, or before their parent', async () => {
  const events: string[] = [];
  const finish = (name: string) => () => Promise.resolve(void events.push(name));
  const parent = new Lifetime(finish('parent'));
  const [first, second] = ['first', 'second'].map((name) => parent.child(finish(name)));
  await first.end();
  await expect(second.during('f', () => Promise.resolve(1))).resolves.toBe(1);
  await parent.end();
  await second.end();
  expect(events).toEqual(['first', 'second', 'parent']);
});

test('nothing starts in a child once its parent’s end was asked for', async () => {
  const parent = new Lifetime(() => Promise.resolve());
  const child = parent.child(() => Promise.resolve());
  const end = parent.end();
  expect(ruleOf(() => child.check('f'))).toBe('instance/disposed');
  await end;
});

test('an end that fails keeps neither the other children nor the parent from theirs', async () => {
  const events: string[] = [];
  const parent = new Lifetime(() => Promise.resolve(void events.push('parent')));
  parent.child(() => Promise.reject(new Error('stuck')));
  parent.child(async () => {
    await Promise.resolve();
    events.push('second');
  });
  await expect(parent.end()).rejects.toThrow('stuck');
  expect(events).toEqual(['second', 'parent']);
});
