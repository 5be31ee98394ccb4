/** The contract: lifetimes, `out`, operands that are left alone, refusals. */
import { describe, expect, test } from 'vitest';
import type { BoundConv, DType, Tensor } from '@laxconv/api/backend';
import { problemOf, tensorOf } from './convolve.test.fixture.ts';
import { createBackend } from './index.ts';

const problem = problemOf([1, 1, 4], [1, 1, 3]);
const lhs = tensorOf('float32', [1, 1, 4], [1, 2, 3, 4]);
const weights = (): Tensor => tensorOf('float32', [1, 1, 3], [1, 10, 100]);

async function bound(): Promise<BoundConv> {
  const plan = await (await createBackend()).prepare(problem);
  return plan.bindRhs(weights());
}

test('says what it is', async () => {
  const backend = await createBackend();
  const plan = await backend.prepare(problem);
  expect([backend.name, backend.info]).toEqual(['naive', { nonFinite: 'ieee', isa: 'javascript', threads: 1 }]);
  expect(plan.reasons).toEqual([expect.stringContaining('direct loops')]);
  expect([plan.kernel, plan.errorBound]).toEqual(['float32-direct-1x1', { kind: 'pointwise', c: 1 }]);
  expect((await backend.prepare(problemOf([1, 1], [1, 1], { dtype: 'int8' }))).errorBound).toEqual({ kind: 'exact' });
});

test.each<[DType, DType, string]>([
  ['bool', 'bool', 'bool'],
  ['bool', 'int8', 'int32'],
  ['int8', 'int16', 'int32'],
  ['int32', 'int32', 'int32'],
  ['uint8', 'uint8', 'int32'],
  ['uint16', 'uint16', 'int32'],
  ['uint32', 'uint32', 'int32'],
  ['int32', 'int64', 'int64'],
  ['uint64', 'uint64', 'int64'],
  ['float16', 'float16', 'float32'],
  ['bfloat16', 'bfloat16', 'float32'],
  ['int8', 'float16', 'float32'],
  ['float32', 'float64', 'float64'],
  ['complex64', 'complex64', 'complex64'],
  ['complex64', 'complex128', 'complex128'],
])('sums of %s for %s are formed in %s', async (dtype, outDtype, arithmetic) => {
  const plan = await (await createBackend()).prepare(problemOf([1, 1], [1, 1], { dtype, outDtype }));
  expect(plan.kernel).toBe(`${arithmetic}-direct-1x1`);
});

test('refusals say who refuses what', async () => {
  const backend = await createBackend();
  const plan = await backend.prepare(problem);
  const conv = await plan.bindRhs(weights());
  await expect(createBackend({ threads: 2 } as never)).rejects.toMatchObject({ op: 'backend naive: createBackend', argument: 'threads' });
  const short = tensorOf('float32', [3], [1, 2, 3]);
  const device = { dtype: 'float32', shape: [4], device: { read: () => undefined, free: () => undefined } } as never;
  await expect(plan.bindRhs(lhs)).rejects.toMatchObject({ op: 'backend naive: bindRhs', argument: 'rhs' });
  await expect(conv.run(short)).rejects.toMatchObject({ op: 'backend naive: run', argument: 'lhs' });
  await expect(conv.run(device)).rejects.toMatchObject({ op: 'backend naive: run', argument: 'lhs', rule: 'tensor/foreign' });

  await conv.dispose();
  await expect(conv.run(lhs)).rejects.toThrow('backend naive: run: the bound convolution has been disposed of');
  await plan.dispose();
  await expect(plan.bindRhs(weights())).rejects.toThrow('backend naive: bindRhs: the plan has been disposed of');
  await backend.dispose();
  await expect(backend.prepare(problem)).rejects.toThrow('backend naive: prepare: the naive backend has been disposed of');
  await expect(backend.prepare(problem)).rejects.toMatchObject({ argument: 'this' });
});

test('takes no options', async () => {
  await expect(createBackend({ threads: 2 } as never)).rejects.toMatchObject({
    jaxError: 'TypeError',
    rule: 'call/unknown-option',
    values: { known: [] },
  });
});

test('the weights may change once they are bound, and no run changes an operand', async () => {
  const plan = await (await createBackend()).prepare(problem);
  const rhs = weights();
  const conv = await plan.bindRhs(rhs);
  (rhs.data as Float32Array).fill(0);
  expect((await conv.run(lhs)) as Tensor).toMatchObject({ dtype: 'float32', shape: [1, 1, 2], data: new Float32Array([321, 432]) });
  expect([...lhs.data]).toEqual([1, 2, 3, 4]);
});

test('run and runSync agree; results are memory of their own', async () => {
  const conv = await bound();
  const [a, b] = await Promise.all([conv.run(lhs), conv.run(lhs)]);
  const c = conv.runSync?.(lhs);
  expect(a).toEqual(b);
  expect(a).toEqual(c);
  expect(new Set([a, b, c].map((result) => (result as Tensor).data.buffer)).size).toBe(3);
});

test('a label of another shape is fine, another element count is not', async () => {
  const conv = await bound();
  expect((await conv.run({ ...lhs, shape: [4] })).shape).toEqual([1, 1, 2]);
  await expect(conv.run(tensorOf('float32', [3], [1, 2, 3]))).rejects.toMatchObject({ rule: 'operand/shape' });
  await expect(conv.run(tensorOf('int32', [1, 1, 4], [1, 2, 3, 4]))).rejects.toMatchObject({ rule: 'operand/dtype' });
  const elsewhere = { dtype: 'float32', shape: [4], device: { read: () => undefined, free: () => undefined } };
  await expect(conv.run(elsewhere as never)).rejects.toMatchObject({ rule: 'tensor/foreign' });
});

describe('out', () => {
  test('is written in place and returned, whatever it held', async () => {
    const conv = await bound();
    const out = tensorOf('float32', [1, 1, 2], [NaN, 7]);
    expect(await conv.run(lhs, { out })).toBe(out);
    expect([...out.data]).toEqual([321, 432]);
  });

  test('through another dtype too', async () => {
    const plan = await (await createBackend()).prepare(problemOf([1, 1], [1, 1], { dtype: 'uint8', outDtype: 'float16' }));
    const conv = await plan.bindRhs(tensorOf('uint8', [1, 1], [2]));
    const out = tensorOf('float16', [1, 1], [0xffff]);
    for (const value of [1, 1]) expect([...(conv.runSync?.(tensorOf('uint8', [1, 1], [value]), { out }).data ?? [])]).toEqual([0x4000]);
  });

  test('must fit and lie apart from lhs', async () => {
    const conv = await bound();
    await expect(conv.run(lhs, { out: tensorOf('float32', [3], [0, 0, 0]) })).rejects.toMatchObject({ rule: 'tensor/out' });
    const out = { dtype: 'float32', shape: [1, 1, 2], data: lhs.data.subarray(2) } as const;
    await expect(conv.run(lhs, { out })).rejects.toMatchObject({ rule: 'tensor/out-overlap', jaxError: 'ValueError' });
  });
});

describe('dispose', () => {
  const disposed = { rule: 'instance/disposed', jaxError: 'RuntimeError' };

  test('of a bound convolution: started runs finish, later ones reject; twice is once', async () => {
    const conv = await bound();
    const started = conv.run(lhs);
    await conv.dispose();
    await conv.dispose();
    expect((await started).shape).toEqual([1, 1, 2]);
    await expect(conv.run(lhs)).rejects.toMatchObject(disposed);
  });

  test('of a plan ends what was bound to it, and of a backend its plans', async () => {
    const backend = await createBackend();
    const plan = await backend.prepare(problem);
    const conv = await plan.bindRhs(weights());
    const other = await backend.prepare(problem);
    await plan.dispose();
    await expect(conv.run(lhs)).rejects.toMatchObject(disposed);
    await expect(plan.bindRhs(weights())).rejects.toMatchObject(disposed);
    await backend.dispose();
    await backend.dispose();
    await expect(other.bindRhs(weights())).rejects.toMatchObject(disposed);
    await expect(backend.prepare(problem)).rejects.toMatchObject(disposed);
  });
});

test('more elements than 32 bits can count are refused', async () => {
  const backend = await createBackend();
  const huge = {
    ...problem,
    lhs: { shape: [2, 1, 2 ** 30], dtype: 'float32' },
    out: { shape: [2, 1, 2 ** 30 - 2], dtype: 'float32' },
  } as const;
  await expect(backend.prepare(huge)).rejects.toMatchObject({ name: 'UnsupportedProblemError', backend: 'naive' });
});
