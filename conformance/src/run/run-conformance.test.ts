import { createBackend } from '@laxconv/naive';
import { describe, expect, test } from 'vitest';
import { goldensReader } from '../suite/goldens-folder.ts';
import { resultSchema } from '../report/result.ts';
import { CannotRun } from './cannot-run.ts';
import { interruptedResult, type RunStart } from './interrupted-result.ts';
import { runConformance } from './run-conformance.ts';

const filter = 'contract:*:dtype=int8';

describe('runConformance', () => {
  test('gives the JSON that the command line writes, and tells of each test', async () => {
    const told: string[] = [];
    const result = await runConformance({ createBackend, filter, seed: 3, runs: 2, onResult: ({ id }) => told.push(id) });
    expect(resultSchema.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
    expect(result).toMatchObject({ ok: true, backend: { name: 'naive' }, seed: 3, runs: 2, filter });
    expect(result.tests.map(({ id }) => id)).toEqual(told);
  });

  test('on a backend that it cannot make anew, lists what it could not run', async () => {
    const backend = await createBackend();
    const result = await runConformance({ backend, filter });
    expect(result.notRun.map(({ id }) => id)).toContain('contract:dispose-backend:dtype=int8');
    expect(result.tests.every(({ ok }) => ok)).toBe(true);
    expect(result.ok).toBe(false);
    await backend.dispose();
  });

  test('keeps what is done when it is interrupted, and is not ok', async () => {
    const controller = new AbortController();
    const started: string[] = [];
    const result = await runConformance({
      createBackend,
      filter,
      signal: controller.signal,
      onStart: ({ ids }) => void started.push(...ids),
      onResult: async () => controller.abort(),
    });
    expect(result.tests).toHaveLength(1);
    expect(result.notRun.map(({ id }) => id)).toEqual(started.slice(1));
    expect(result.notRun[0].reason).toContain('interrupted');
    expect(resultSchema.parse(result)).toMatchObject({ ok: false, totals: { tests: started.length } });
  });

  test('that another thread had to end gives a result of what it had told', async () => {
    let start: RunStart | undefined;
    const whole = await runConformance({ createBackend, filter, runs: 2, onStart: (told) => (start = structuredClone(told)) });
    if (start === undefined) throw new Error('it did not say that it starts');
    const result = interruptedResult(start, whole.tests.slice(0, 2), 12.3, 'it did not stop');
    expect(resultSchema.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
    expect(result).toMatchObject({
      ok: false,
      ms: 12,
      backend: whole.backend,
      started: whole.started,
      totals: { pass: 2, tests: whole.tests.length },
    });
    expect(result.notRun.slice(0, 2)).toEqual([
      { id: whole.tests[2].id, reason: 'it did not stop' },
      { id: whole.tests[3].id, reason: expect.stringContaining('interrupted') },
    ]);
    expect(result.notRun).toHaveLength(whole.tests.length - 2);
  });

  test('the quick subset says that it is one, and judges no expectation that it left out', async () => {
    const expectations = [{ query: 'golden:nothing/*', status: 'fail', reason: 'matches nothing' } as const];
    const result = await runConformance({ createBackend, quick: true, filter: 'golden:strides/*', expectations });
    const whole = await runConformance({ createBackend, filter: 'golden:strides/*' });
    expect(resultSchema.parse(result)).toMatchObject({ quick: true, ok: true });
    expect(result.tests.length).toBeLessThan(whole.tests.length);
    expect(whole.quick).toBeUndefined();
  });

  test('takes goldens from whatever reads them', async () => {
    const read = await goldensReader(undefined);
    const paths: string[] = [];
    const goldens = (path: string): Promise<Uint8Array> => {
      paths.push(path);
      return read(path);
    };
    const result = await runConformance({ createBackend, goldens, filter: 'golden:strides/*', quick: true });
    expect(result.ok).toBe(true);
    expect(paths).toContain('manifest.json');
  });

  test('on a shard and with expectations', async () => {
    const expectations = [{ query: 'contract:*', status: 'fail', reason: 'a stale one' } as const];
    const whole = await runConformance({ createBackend, filter: 'contract:second-run:*', expectations });
    const half = await runConformance({ createBackend, filter: 'contract:second-run:*', shard: '1/2' });
    expect(half.tests).toHaveLength(Math.ceil(whole.tests.length / 2));
    // The filter left most of its tests out.
    expect(whole.ok).toBe(true);
  });

  test.each<[string, Parameters<typeof runConformance>[0], string]>([
    ['the filter matches nothing', { createBackend, filter: 'nothing' }, 'no test matches'],
    ['the backend cannot start', { createBackend: () => Promise.reject(new Error('no adapter')), filter }, 'cannot start: no adapter'],
    ['there is no backend', { filter }, 'needs createBackend'],
    ['there are no goldens', { createBackend, goldens: import.meta.dirname }, 'there are no goldens'],
  ])('cannot run when %s', async (_, options, sentence) => {
    await expect(runConformance(options)).rejects.toThrow(CannotRun);
    await expect(runConformance(options)).rejects.toThrow(sentence);
  });
});
