/** The example of `docs/adding-a-backend.md` is what stands there, and does what it says. */
import { readFile } from 'node:fs/promises';
import { runConformance } from '@laxconv/conformance';
import { laxconv, tensor, toNested } from 'laxconv';
import { expect, it } from 'vitest';
import { createBackend } from './loops-backend.ts';

const read = (path: string): Promise<string> => readFile(new URL(path, import.meta.url), 'utf8');

it('stands in the document, letter by letter', async () => {
  const document = await read('../../../docs/adding-a-backend.md');
  const blocks = [...document.matchAll(/^```ts\n(.*?)^```/gms)].map(([, block]) => block);
  expect(blocks).toContain(await read('./loops-backend.ts'));
});

it('passes the conformance suite in float32, and refuses only what is not float32', async () => {
  const { totals, tests, notRun } = await runConformance({ createBackend, filter: '*dtype=float32', runs: 10 });
  const others = tests.filter(
    ({ status, message = '' }) => status !== 'pass' && !(status === 'unsupported' && message.includes('float32 only')),
  );
  expect(others).toEqual([]);
  expect(notRun).toEqual([]);
  expect(totals.pass).toBeGreaterThan(60);
});

it('works alone, and before naive in a list', async () => {
  const backend = await createBackend();
  await using alone = await laxconv({ backend });
  const ramp = tensor([[[1, 2, 3, 4]]]);
  expect(toNested(await alone.lax.conv(ramp, tensor([[[1, 1]]]), [1], 'VALID'))).toEqual([[[3, 5, 7]]]);

  const integers = tensor(new Int32Array([1, 2, 3]), [1, 1, 3]);
  await expect(alone.lax.conv(integers, integers, [1], 'VALID')).rejects.toThrow('it computes float32 only, not int32 to int32');
  await using both = await laxconv({ backend: [backend, 'naive'] });
  expect(toNested(await both.lax.conv(integers, integers, [1], 'VALID'))).toEqual([[[14]]]);
});
