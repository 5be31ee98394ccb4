/** Backends that break the contract: their faults are typed errors that name them, and never a result. */
import { describe, expect, test } from 'vitest';
import type { Backend, BoundConv, ConvPlan } from '../problem/backend.ts';
import { tensor } from '../tensor/create.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { FakeBackend } from './fake-backend.test.fixture.ts';
import { laxconvOn } from './instance.ts';

const x = tensor([[[1, 2, 3]]]);
const w = tensor([[[1, 10]]]);

function broken(part: { [Part in keyof Backend]?: unknown }): Backend {
  const real = new FakeBackend({ name: 'broken' });
  return {
    name: real.name,
    info: real.info,
    prepare: (problem) => real.prepare(problem),
    dispose: () => real.dispose(),
    ...part,
  } as Backend;
}
function brokenPlan(part: { [Part in keyof ConvPlan]?: unknown }): Backend {
  const real = new FakeBackend();
  return broken({ prepare: async (...args: Parameters<Backend['prepare']>) => ({ ...(await real.prepare(...args)), ...part }) });
}
function brokenBound(part: { [Part in keyof BoundConv]?: unknown }): Backend {
  return brokenPlan({ bindRhs: async () => ({ run: async () => tensor([[[1, 2]]]), dispose: () => undefined, ...part }) });
}
const throwing = (value: unknown) => () => {
  throw value;
};

const FAULTS: readonly (readonly [string, Backend])[] = [
  ['prepare throws', broken({ prepare: throwing(new Error('no')) })],
  ['prepare rejects with undefined', broken({ prepare: () => Promise.reject(undefined) })],
  ['prepare throws a string', broken({ prepare: throwing('no') })],
  ['prepare gives nothing', broken({ prepare: () => undefined })],
  ['prepare gives a number', broken({ prepare: async () => 5 })],
  ['bindRhs throws', brokenPlan({ bindRhs: throwing(new Error('no')) })],
  ['bindRhs gives nothing', brokenPlan({ bindRhs: async () => undefined })],
  ['a plan without bindRhs', brokenPlan({ bindRhs: undefined })],
  ['a plan without dispose', brokenPlan({ dispose: undefined })],
  ['run throws', brokenBound({ run: throwing(new Error('no')) })],
  ['run rejects with null', brokenBound({ run: () => Promise.reject(null) })],
  ['run gives nothing', brokenBound({ run: async () => undefined })],
  ['run gives no tensor', brokenBound({ run: async () => ({ dtype: 'float32', shape: [1, 1, 2] }) })],
  ['run gives another dtype', brokenBound({ run: async () => tensor([[[1, 2]]], null, 'int8') })],
  ['run gives too little', brokenBound({ run: async () => tensor([[[1]]]) })],
  ['freeing the weights fails', brokenBound({ dispose: throwing(new Error('no')) })],
];

const fault = { jaxError: 'RuntimeError', rule: 'backend/failed', values: { backend: 'broken' } };

describe.each(FAULTS)('%s', (_, backend) => {
  test('calls', async () => {
    const { lax, dispose } = laxconvOn(backend);
    await expect(lax.conv(x, w, [1], 'VALID')).rejects.toMatchObject(fault);
    await expect(lax.convGeneralDilatedVjp(x, w, [1], 'VALID')).rejects.toMatchObject(fault);
    await dispose();
  });

  test('prepared convolutions', async () => {
    const { lax, dispose } = laxconvOn(backend);
    const all = async (): Promise<void> => {
      const prepared = await lax.prepareConvGeneralDilated(x, w, [1], 'VALID');
      await prepared.run(x);
      await prepared.dispose();
    };
    await expect(all()).rejects.toMatchObject(fault);
    await dispose().catch(() => undefined);
  });
});

test('a synchronous run is held to the same', async () => {
  const lie = brokenBound({ runSync: () => tensor([[[1]]]) });
  const prepared = await laxconvOn(lie).lax.prepareConvGeneralDilated(x, w, [1], 'VALID');
  expect(() => prepared.runSync(x) as Tensor).toThrow(expect.objectContaining({ rule: 'backend/failed' }));
});

describe('an out that the caller takes away during a run is the caller’s fault, and named', () => {
  const CHANGES: readonly (readonly [string, string, string, () => ArrayBuffer, (buffer: ArrayBuffer) => void])[] = [
    ['transferred', 'tensor/detached', 'transferred away', () => new ArrayBuffer(8), (buffer) => void buffer.transfer()],
    [
      'posted',
      'tensor/detached',
      'transferred away',
      () => new ArrayBuffer(8),
      (buffer) => void structuredClone(buffer, { transfer: [buffer] }),
    ],
    ['resized', 'tensor/length', 'must have 2 elements', () => new ArrayBuffer(8, { maxByteLength: 8 }), (buffer) => buffer.resize(4)],
  ];
  test.each(CHANGES)('%s', async (_, rule, reason, make, change) => {
    const careless = async (_lhs: unknown, { out }: { out: Tensor }) => {
      await Promise.resolve();
      const { buffer, length } = out.data;
      // As a backend does that holds on to the memory: a raw TypeError or RangeError.
      return { ...out, data: new Float32Array(buffer, 0, length).fill(1) };
    };
    const late = async (_lhs: unknown, { out }: { out: Tensor }) => out;
    for (const run of [careless, late]) {
      const prepared = await laxconvOn(brokenBound({ run })).lax.prepareConvGeneralDilated(x, w, [1], 'VALID');
      const buffer = make();
      const running = prepared.run(x, { out: tensor(new Float32Array(buffer, 0, 2), [1, 1, 2]) });
      change(buffer);
      const refusal = { jaxError: 'ValueError', op: 'PreparedConv.run', argument: 'out', rule };
      await expect(running).rejects.toMatchObject({
        ...refusal,
        message: expect.stringMatching(`out was changed during.*${reason}`) as string,
      });
    }
  });

  test('and a backend that returns something else than out is at fault itself', async () => {
    const other = brokenBound({ run: async () => tensor([[[1, 2]]]) });
    const prepared = await laxconvOn(other).lax.prepareConvGeneralDilated(x, w, [1], 'VALID');
    await expect(prepared.run(x, { out: tensor([[[0, 0]]]) })).rejects.toMatchObject({
      ...fault,
      message: expect.stringContaining('another tensor') as string,
    });
  });
});

test('a plan that is not promised, but given, is taken', async () => {
  const real = new FakeBackend();
  let plan: ConvPlan | undefined;
  const { lax } = laxconvOn(broken({ prepare: () => plan }));
  await laxconvOn(broken({ prepare: async (problem: never) => (plan = await real.prepare(problem)) })).lax.conv(x, w, [1], 'VALID');
  expect((await lax.conv(x, w, [1], 'VALID')).data).toEqual(new Float32Array([21, 32]));
});

test('one dispose that fails keeps nothing else from its end, and the failure is told', async () => {
  const disposed: string[] = [];
  const backend = brokenPlan({
    dispose: () => {
      disposed.push('plan');
      throw new Error('stuck');
    },
  });
  const owned = { ...backend, dispose: async () => void disposed.push('backend') };
  const { lax, dispose } = laxconvOn(owned, { owned: [owned] });
  await lax.conv(x, w, [1], 'VALID');
  await lax.conv(x, w, [1], [[1, 1]]);
  await lax.prepareConvGeneralDilated(x, w, [1], 'VALID');
  await expect(dispose()).rejects.toMatchObject(fault);
  expect(disposed).toEqual(['plan', 'plan', 'plan', 'backend']);
});

test('the list of backends is the caller’s to change afterwards', async () => {
  const list: Backend[] = [new FakeBackend({ name: 'a' })];
  const { lax, backend } = laxconvOn(list);
  list.length = 0;
  expect((await lax.conv(x, w, [1], 'VALID')).data).toEqual(new Float32Array([21, 32]));
  expect(backend.info.nonFinite).toBe('ieee');
});
