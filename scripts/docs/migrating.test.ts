/**
 * `docs/migrating.md` tells the truth: every call of ours in it gives what stands beside it, every call of another library the same where
 * that library is installed (`pnpm bench --peers` installs TensorFlow.js and ONNX Runtime, `pnpm goldens` JAX), and each has one of ours.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { laxconvOn } from '@laxconv/api';
import { createBackend } from '@laxconv/naive';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../setup/paths.mjs';
import { blocksIn, runExample } from './examples.ts';
import { count } from './migration/count.ts';
import { PEERS } from './migration/peers.ts';

const text = await readFile(join(ROOT, 'docs', 'migrating.md'), 'utf8');
const blocks = blocksIn(text, ['js', ...PEERS.map(({ language }) => language)]);
const of = (wanted: string) => blocks.filter(({ language }) => language === wanted).flatMap(({ examples }) => examples);

test('every call of another library is followed by ours, with the same results', () => {
  const results = blocks.map(({ language, examples }) => ({ language, results: examples.map(({ expected }) => expected) }));
  expect(results.length).toBeGreaterThan(12);
  for (let index = 0; index < results.length; index += 2) {
    expect(results[index].language).not.toBe('js');
    expect(results[index + 1]).toEqual({ language: 'js', results: results[index].results });
  }
});

test('every function is called', async () => {
  const { lax, numpy, scipy } = laxconvOn(await createBackend());
  const names = Object.entries({ lax, numpy, 'scipy.signal': scipy.signal }).flatMap(([scope, functions]) =>
    Object.keys(functions).map((name) => `${scope}.${name}(`),
  );
  const code = of('js')
    .map((example) => example.code)
    .join('\n');
  expect(names.length).toBeGreaterThan(15);
  expect(names.filter((name) => !code.includes(name))).toEqual([]);
});

describe('laxconv', () => {
  test.each(of('js'))('$code', async (example) => {
    expect(await runExample(example, { count })).toEqual(JSON.parse(example.expected));
  });
});

describe.each(PEERS)('$language', ({ language, isInstalled, run }) => {
  test.skipIf(!isInstalled)('gives the same', async () => {
    const examples = of(language);
    expect(examples.length).toBeGreaterThan(5);
    const got = await run(examples);
    expect(examples.map(({ code }, index) => ({ code, result: got[index] }))).toEqual(
      examples.map(({ code, expected }) => ({ code, result: JSON.parse(expected) as unknown })),
    );
  });
});
