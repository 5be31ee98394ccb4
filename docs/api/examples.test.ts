/** Every public function says what it does and has an example that compiles, runs on the naive backend, and shows what it claims. */
import { beforeAll, describe, expect, test } from 'vitest';
import { compile, withChecks, type Checked } from './example-code.ts';
import { publicFunctions } from './public-functions.ts';
import * as scope from './scope.ts';

const functions = publicFunctions();
const examples = functions.flatMap(({ name, examples: own }) => own.map((text, index) => ({ name: `${name} ${index + 1}`, text })));
const names = Object.keys(scope);

let checked: readonly Checked[];
let compiled: ReturnType<typeof compile>;
beforeAll(() => {
  checked = examples.map(({ text }) => withChecks(text));
  compiled = compile(
    checked.map(({ code }) => code),
    names,
  );
});

test('there are the functions of the contract', () => {
  expect(functions.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'laxconv',
      'laxconvOn',
      'tensor',
      'resolve',
      'Lax.conv',
      'Numpy.correlate',
      'Signal.fftconvolve',
      'PreparedConv.runSync',
    ]),
  );
});

test.for(functions)('$name is described and has an example', ({ summary, examples: own }) => {
  expect(summary).not.toBe('');
  expect(own).not.toEqual([]);
});

test('examples compile', () => {
  expect(compiled.errors).toEqual([]);
});

describe('examples run', () => {
  test.for(examples.map(({ name }, index) => ({ name, index })))('$name', async ({ index }) => {
    const seen: unknown[] = [];
    const check = (value: unknown, expected: unknown): void => {
      seen.push(value);
      expect(value).toEqual(expected);
    };
    await runScript(compiled.scripts[index], { ...scope, check });
    expect(seen).toHaveLength(checked[index].claims);
    expect(seen).not.toEqual([]);
  });
});

/** Runs JavaScript with top-level await in a scope, in a block of its own: an example may declare what the scope has. */
async function runScript(script: string, values: Readonly<Record<string, unknown>>): Promise<void> {
  // oxlint-disable-next-line typescript/no-implied-eval -- the script is an example of this repository
  const AsyncFunction = (async () => {}).constructor as new (...parts: string[]) => (...values: unknown[]) => Promise<void>;
  await new AsyncFunction(...Object.keys(values), `{ ${script} }`)(...Object.values(values));
}
