/** Cold starts of what is always there: a backend, and one that is missing. */
import { laxconvOn, resolve, tensor } from '@laxconv/api';
import { createBackend } from '@laxconv/naive';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { coldLines, coldResultSchema } from '../result/cold-result.ts';
import { ourContestant, peerContestants } from './contestants.ts';
import { ones, SMALL } from './first-conv.ts';
import { runCold } from './run-cold.ts';
import { sumOfOnes } from './sum-of-ones.ts';
import { bundleSizes, onTheWire, sizeLines } from './bundle.ts';

it('starts a backend in a fresh process each time, and says why one does not start', async () => {
  const result = await runCold({ contestants: [ourContestant('@laxconv/naive'), ourContestant('./none.js')], rounds: 2 });
  expect(coldResultSchema.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
  const [naive, none] = result.results;
  expect(naive).toMatchObject({ failure: null, ms: [expect.any(Number), expect.any(Number)] });
  expect(Math.min(...naive.ms)).toBeGreaterThan(0);
  expect(none).toMatchObject({ ms: [], failure: expect.stringContaining('none.js') });
  expect(coldLines(result).join('\n')).toMatch(/naive .*ms[^]*none\.js: failed/);
});

it('knows the sum of a right result', async () => {
  expect(sumOfOnes(SMALL)).toBe((3 * 8 - 2) ** 2 * 8 * 8);
  const options = { lhsDilation: [2, 1], rhsDilation: [1, 3], featureGroupCount: 2 };
  const operands = [ones(2 * 4 * 5 * 7), ones(6 * 2 * 3 * 2)];
  const shapes = [[2, 4, 5, 7], [6, 2, 3, 2]]; // prettier-ignore
  const tensors = operands.map((data, index) => tensor(data, shapes[index]));
  const call = { fn: 'lax.convGeneralDilated', operands: tensors, args: [[2, 1], [[1, 2], [-1, 3]], options] } as const; // prettier-ignore
  const [problem] = resolve(call);
  const { lax } = laxconvOn(await createBackend());
  const result = await lax.convGeneralDilated(tensors[0], tensors[1], [2, 1], [[1, 2], [-1, 3]], options); // prettier-ignore
  expect(sumOfOnes(problem)).toBe(result.data.reduce((sum, value) => sum + value, 0));
});

it('starts with the convolution of a case, where all can', async () => {
  const problem = { ...SMALL, precision: 'highest' } as const;
  const contestants = [ourContestant('@laxconv/naive', problem)];
  expect(await runCold({ contestants, rounds: 1, caseName: 'a case' })).toMatchObject({ case: 'a case', results: [{ failure: null }] });
  expect(() => peerContestants(['naive'], problem)).toThrow(/peers on the CPU/);
  expect(ourContestant('webgpu:once', problem)).toMatchObject({ argument: expect.stringContaining('"options":{"expectedRuns":1}') });
});

it('bundles what a program uses, counts each file, and of builds for other engines the largest', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'laxconv-sizes-'));
  try {
    // Numbers that gzip cannot shorten much, and comments that minifying takes away.
    const lines = (name: string, count: number): string =>
      `/* ${'about '.repeat(1000)} */ export const ${name} = '${Array.from({ length: count }, (_, index) => Math.sin(index)).join()}';`;
    await writeFile(path.join(folder, 'library.js'), `${lines('used', 10)}\n${lines('unused', 1000)}`);
    await writeFile(path.join(folder, 'small-build.js'), lines('build', 20));
    await writeFile(path.join(folder, 'large-build.js'), lines('build', 400));
    await writeFile(path.join(folder, 'module.wasm'), 'x'.repeat(100));
    const code = [
      "import { used } from './library.js';",
      "globalThis.start = (large) => (large ? import('./large-build.js') : import('./small-build.js'));",
      "globalThis.used = [used, new URL('./module.wasm', import.meta.url)];",
    ].join('\n');
    const program = path.join(folder, 'program.js');
    await writeFile(program, code);
    const sizes = await bundleSizes({ folder, code: `import ${JSON.stringify(program)};`, copies: [path.join(folder, 'module.wasm')] });
    const kinds = sizes.map(({ file }) => file.replace(/-[^-]{8}\.(js|wasm)$/, '.$1'));
    expect(kinds.toSorted()).toEqual([
      'large-build.js',
      'module.wasm',
      'module.wasm',
      'small-build.js',
      expect.stringContaining('program'),
    ]);
    const sizeOf = (kind: string): number => sizes[kinds.indexOf(kind)].gzip;
    // Neither comments nor what is not used.
    expect(sizes.find(({ file }) => file.includes('program'))?.gzip).toBeLessThan(2000);
    expect(sizeOf('large-build.js')).toBeGreaterThan(2000);
    const all = sizes.reduce((sum, { gzip }) => sum + gzip, 0);
    expect(onTheWire(sizes)).toBe(all);
    expect(onTheWire(sizes, /-build-/)).toBe(all - sizeOf('small-build.js'));
    const text = sizeLines('library', sizes, { oneOf: /-build-/ });
    expect(text[0]).toMatch(/^library: [0-9.]+ kB$/);
    expect(text.filter((line) => line.endsWith(', one of these'))).toHaveLength(2);
  } finally {
    await rm(folder, { recursive: true });
  }
});
