/** Cold starts of what is always there: a backend, and one that is missing. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { coldLines, coldResultSchema } from '../result/cold-result.ts';
import { ourContestant } from './contestants.ts';
import { runCold } from './run-cold.ts';
import { gzipSizes, onTheWire } from './sizes.ts';

it('starts a backend in a fresh process each time, and says why one does not start', async () => {
  const result = await runCold({ contestants: [ourContestant('@laxconv/naive'), ourContestant('./none.js')], rounds: 2 });
  expect(coldResultSchema.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
  const [naive, none] = result.results;
  expect(naive).toMatchObject({ failure: null, ms: [expect.any(Number), expect.any(Number)] });
  expect(Math.min(...naive.ms)).toBeGreaterThan(0);
  expect(none).toMatchObject({ ms: [], failure: expect.stringContaining('none.js') });
  expect(coldLines(result).join('\n')).toMatch(/naive .*ms[^]*none\.js: failed/);
});

it('counts all scripts, and of several modules the largest', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'laxconv-sizes-'));
  try {
    const files = ['a.js', 'b.js', 'small.wasm', 'large.wasm'].map((name) => path.join(folder, name));
    for (const [index, file] of files.entries()) await writeFile(file, 'x'.repeat(100 ** index));
    const sizes = await gzipSizes(files);
    expect(sizes.map(({ file }) => file)).toEqual(['a.js', 'b.js', 'small.wasm', 'large.wasm']);
    expect(onTheWire(sizes)).toBe(sizes[0].gzip + sizes[1].gzip + sizes[3].gzip);
  } finally {
    await rm(folder, { recursive: true });
  }
});
