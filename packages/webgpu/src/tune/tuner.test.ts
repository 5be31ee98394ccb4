/** Tuning on a real adapter: what it takes is right, and what it found serves the next backend. */
import type { Tensor } from '@laxconv/api/backend';
import { expect, test, vi } from 'vitest';
import { ownDevice } from '../started.test.fixture.ts';
import { expectedOf, integers, problemOf, wordsOf } from '../convolve.test.fixture.ts';
import { createBackend, type WebgpuBackend } from '../webgpu-backend.ts';

const PROBLEM = problemOf([1, 24, 24, 16], [3, 3, 16, 16], [1, 1], 'SAME', {
  dimensionNumbers: ['NHWC', 'HWIO', 'NHWC'],
  precision: 'highest',
});

const INTEGERS = {
  ...PROBLEM,
  lhs: { ...PROBLEM.lhs, dtype: 'int32' },
  rhs: { ...PROBLEM.rhs, dtype: 'int32' },
  out: { ...PROBLEM.out, dtype: 'int32' },
} as const;

async function resultOn(backend: WebgpuBackend): Promise<{ kernel: string; reasons: readonly string[]; data: number[] }> {
  const plan = await backend.prepare(PROBLEM);
  const [xs, ws] = [integers(PROBLEM.lhs.shape, 'float32', 1), integers(PROBLEM.rhs.shape, 'float32', 2)];
  const bound = await plan.bindRhs({ ...PROBLEM.rhs, data: wordsOf('float32', ws) });
  const { data } = (await bound.run({ ...PROBLEM.lhs, data: wordsOf('float32', xs) })) as Tensor;
  expect(Array.from(data as Float32Array)).toEqual(expectedOf(PROBLEM, xs, ws));
  return { kernel: plan.kernel, reasons: plan.reasons ?? [], data: Array.from(data as Float32Array) };
}

test('tries, takes, remembers', async () => {
  const first = await createBackend({ tune: true });
  const { kernel, reasons } = await resultOn(first);
  expect(reasons[0]).toMatch(/tuning f32-gemm\S+: \d+ µs/);
  const file = first.tunings;
  expect(Object.values(file.kernels)).toEqual([{ [JSON.stringify(PROBLEM)]: kernel }]);
  await first.dispose();

  for (const tune of [true, false]) {
    const second = await createBackend({ tune, tunings: file });
    const again = await resultOn(second);
    expect(again.kernel).toBe(kernel);
    expect(again.reasons[0]).toMatch(/found by an earlier tuning/);
    await second.dispose();
  }
});

test('what is not known is not tried unless it is asked for', async () => {
  const adapter = await createBackend();
  const file = { format: 1, kernels: { [adapter.info.adapter]: { [JSON.stringify(PROBLEM)]: 'f32-of-another-version' } } } as const;
  await adapter.dispose();
  const backend = await createBackend({ tunings: file });
  expect((await resultOn(backend)).reasons.join()).not.toMatch(/tuning/);
  await backend.dispose();
});

test('problems at once are tried one after the other, and the same one once', async () => {
  const backend = await createBackend({ tune: true });
  const compile = backend.device.createComputePipelineAsync.bind(backend.device);
  const compiled: string[] = [];
  backend.device.createComputePipelineAsync = (descriptor) => {
    compiled.push(descriptor.label ?? '');
    return compile(descriptor);
  };
  const isOther = (label: string): boolean => label.includes('i32');
  const [ofIntegers, ...plans] = await Promise.all([backend.prepare(INTEGERS), backend.prepare(PROBLEM), backend.prepare({ ...PROBLEM })]);
  expect([ofIntegers.kernel, compiled.some(isOther)]).toEqual([expect.stringMatching(/^i32-/), true]);
  // One changes to the other once: they were not tried by turns.
  expect(compiled.map(isOther).filter((other, index, all) => index > 0 && other !== all[index - 1]).length).toBe(1);
  expect(plans[0].kernel).toBe(plans[1].kernel);
  expect(plans.map(({ reasons = [] }) => /found by an earlier tuning/.test(reasons[0]))).toEqual([false, true]);
  await backend.dispose();
});

test.each(['lost', 'disposed'] as const)('a backend that is %s while it tunes has found nothing', async (how) => {
  const device = await ownDevice();
  const backend = await createBackend({ device, tune: true });
  const [create, live] = [device.createBuffer.bind(device), new Set<GPUBuffer>()];
  device.createBuffer = (descriptor) => {
    const buffer = create(descriptor);
    const destroy = buffer.destroy.bind(buffer);
    live.add(buffer);
    buffer.destroy = () => {
      live.delete(buffer);
      destroy();
    };
    return buffer;
  };
  const preparing = backend.prepare(PROBLEM);
  preparing.catch(() => undefined);
  // In the middle of a trial.
  await vi.waitFor(() => expect(live.size).toBeGreaterThan(0));
  if (how === 'lost') device.destroy();
  else await backend.dispose();
  await expect(preparing).rejects.toMatchObject({ rule: how === 'lost' ? 'backend/lost' : 'instance/disposed' });
  expect(backend.tunings.kernels).toEqual({});
  await backend.dispose();
  expect(live.size).toBe(0);
  device.destroy();
});

test('off unless it is asked for', async () => {
  const backend = await createBackend();
  const { reasons } = await resultOn(backend);
  expect(reasons.join()).not.toMatch(/tuning/);
  expect(backend.tunings).toEqual({ format: 1, kernels: {} });
  await backend.dispose();
});
