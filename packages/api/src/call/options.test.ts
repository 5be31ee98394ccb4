import { expect, test } from 'vitest';
import { ruleOf } from '../rule-of.test.fixture.ts';
import { checkOptions } from './options.ts';

const message = (options: unknown, names: readonly string[]): string | undefined => {
  try {
    checkOptions('f', options, names);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
};

test('the sentence lists the options that there are', () => {
  expect(message(1, ['threads', 'module'])).toBe('f: options must be an object with threads, module, got 1');
  expect(message(1, [])).toBe('f: options must be an object, got 1');
  expect(message({ thread: 1 }, ['threads', 'module'])).toBe('f: has no option "thread"; its options are threads, module');
  expect(message({ thread: 1 }, [])).toBe('f: has no option "thread"; it has none');
  expect(message({ threads: 1 }, ['threads', 'module'])).toBeUndefined();
});

test('an operand in the place of options is called by its name', () => {
  const out = { dtype: 'float32', shape: [1, 3], data: new Float32Array(3) };
  expect(message(out, ['out'])).toBe('f: options must be an object with out, got a tensor of "float32" and shape [1, 3]');
  expect(message(Promise.resolve({}), ['out'])).toBe('f: options must be an object with out, got a promise (is an await missing?)');
});

test('what is no object is refused', () => {
  for (const options of [undefined, null, 0, '', true, Symbol('s'), () => 1, []]) {
    expect(ruleOf(() => checkOptions('f', options, []))).toBe('call/options');
  }
});
