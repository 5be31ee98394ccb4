/** Hostile use: what is too large, what is not there any more, what is not a number, and what happens at the wrong time. The next call works. */
import { laxconvOn, tensor } from '@laxconv/api';
import { sizeOf, type Backend, type BoundConv, type ConvProblem, type DType, type Tensor } from '@laxconv/api/backend';
import { afterEach, describe, expect, test } from 'vitest';
import { expectedOf, integers, problemOf } from './convolve.test.fixture.ts';
import { createBackend } from './index.ts';
import { loadModule } from './module/load.ts';
import { Machine } from './program/machine.ts';
import { sharingMachine } from './threads/sharing-machine.test.fixture.ts';
import { backendOn } from './wasm-backend.ts';

const problem = problemOf([1, 3, 12, 12], [8, 3, 3, 3], [1, 1], 'SAME', { precision: 'highest' });
const lhs = integers([1, 3, 12, 12], 'float32', 1);
const rhs = integers([8, 3, 3, 3], 'float32', 2);
const expected = expectedOf(problem, lhs, rhs);

const backends: Backend[] = [];
afterEach(async () => {
  await Promise.all(backends.splice(0).map((backend) => backend.dispose()));
});

/** On one thread, and on several that share everything. */
const MAKERS: readonly (readonly [string, (pages?: number) => Promise<Backend>])[] = [
  ['one thread', async (pages) => backendOn(new Machine(await loadModule(), { threads: 1, ...(pages && { pages }) }), 'as asked')],
  ['shared', async (pages) => backendOn(await sharingMachine(pages === undefined ? {} : { pages }), 'as asked')],
];

async function bound(backend: Backend, of: ConvProblem = problem, weights: Tensor = rhs) {
  return (await backend.prepare(of)).bindRhs(weights);
}

async function expectItWorks(backend: Backend): Promise<void> {
  const conv = await bound(backend);
  expect(numbers(await conv.run(lhs))).toEqual(expected);
  await conv.dispose();
}

function numbers(result: unknown): number[] {
  return Array.from((result as Tensor<'float32'>).data);
}

describe.each(MAKERS)('%s', (_name, make) => {
  async function started(pages?: number): Promise<Backend> {
    const backend = await make(pages);
    backends.push(backend);
    return backend;
  }

  test.each(['float32', 'float64', 'complex64', 'complex128', 'int8', 'int32', 'int64'] as const)(
    '%s: outputs that meet nothing but padding are zeros, and leave the neighbours in memory alone',
    async (dtype) => {
      const backend = await started();
      for (const groups of [1, 2]) {
        for (const features of [2, 16, 32]) {
          for (const layouts of [
            ['NHWC', 'HWIO', 'NHWC'],
            ['NCHW', 'OIHW', 'NCHW'],
            ['NHWC', 'OHWI', 'NCHW'],
          ]) {
            const shape = (layout: string, of: Readonly<Record<string, number>>): number[] => [...layout].map((letter) => of[letter]);
            const far = problemOf(
              shape(layouts[0], { N: 1, C: features * groups, H: 5, W: 40 }),
              shape(layouts[1], { O: 6, I: features, H: 1, W: 3 }),
              [20, 1],
              [[2, 3], [2, 1]], // prettier-ignore
              { dimensionNumbers: layouts, featureGroupCount: groups },
              dtype,
            );
            const victim = await bound(backend);
            const conv = await bound(backend, far, integers(far.rhs.shape, dtype, 2));
            for (let run = 0; run < 2; run++) {
              const { data } = (await conv.run(integers(far.lhs.shape, dtype, 1))) as Tensor;
              expect(Array.from(data as ArrayLike<number | bigint>, Number).every((value) => value === 0)).toBe(true);
            }
            expect(numbers(await victim.run(lhs))).toEqual(expected);
          }
        }
      }
    },
  );

  test('a stride of millions is planned without tables as long as it', async () => {
    const backend = await started();
    const far = problemOf([1, 1, 4], [1, 1, 1], [3e7], [[6e7, 6e7]]);
    const conv = await bound(backend, far, integers([1, 1, 1], 'float32', 2));
    expect(numbers(await conv.run(integers([1, 1, 4], 'float32', 1)))).toEqual(
      expectedOf(far, integers([1, 1, 4], 'float32', 1), integers([1, 1, 1], 'float32', 2)),
    );
  });

  test.each<[string, ConvProblem]>([
    ['a result of 8 GB', problemOf([1, 1, 3], [1, 1, 3], [1], [[2e9, 0]])],
    ['a result of 4 GiB and a little', problemOf([1, 1, 3], [1, 1, 3], [1], [[2 ** 30, 0]])],
    ['a result of 2⁵² elements', problemOf([1, 1, 3], [1, 1, 3], [1], [[2 ** 52, 0]])],
    ['a result of 2³² bytes of int8', problemOf([1, 1, 3], [1, 1, 3], [1], [[2 ** 32 - 1, 0]], {}, 'int8')],
    ['many channels of many channels', problemOf([1, 1, 2 ** 16], [2 ** 17, 1, 1], [1], 'VALID')],
  ])('refuses %s, before anything is allocated', async (_what, gigantic) => {
    const backend = await started();
    const weights = integers(gigantic.rhs.shape, gigantic.rhs.dtype, 1);
    const before = process.memoryUsage();
    await expect(bound(backend, gigantic, weights)).rejects.toMatchObject({ rule: 'memory/exhausted', jaxError: 'RuntimeError' });
    const { rss, arrayBuffers } = process.memoryUsage();
    expect(rss - before.rss).toBeLessThan(2 ** 28);
    expect(arrayBuffers - before.arrayBuffers).toBeLessThan(2 ** 24);
    await expectItWorks(backend);
  });

  test('fills its memory, says so, loses nothing, and goes on when something is disposed of', async () => {
    const backend = await started(1024);
    const small = await bound(backend);
    // 5 MB of weights each.
    const heavy = problemOf([1, 1000], [1250, 1000], [], []);
    const weights = integers(heavy.rhs.shape, 'float32', 3);
    const kept: BoundConv[] = [];
    const fill = async (): Promise<void> => {
      for (;;) kept.push(await bound(backend, heavy, weights));
    };
    await expect(fill()).rejects.toMatchObject({ rule: 'memory/exhausted' });
    expect(kept.length).toBeGreaterThan(8);
    // 24 MB of workspace.
    const wide = await bound(backend, problemOf([1, 1, 3], [1, 1, 3], [1], [[3e6, 3e6]]), integers([1, 1, 3], 'float32', 1));
    await expect(wide.run(integers([1, 1, 3], 'float32', 1))).rejects.toMatchObject({ rule: 'memory/exhausted' });
    expect(() => wide.runSync?.(integers([1, 1, 3], 'float32', 1))).toThrow(expect.objectContaining({ rule: 'memory/exhausted' }) as Error);
    expect(numbers(await small.run(lhs))).toEqual(expected);
    for (const each of kept.splice(0)) await each.dispose();
    expect(numbers(await wide.run(integers([1, 1, 3], 'float32', 1)))).toHaveLength(6e6 + 1);
    // The workspace is in the way of as many weights as before; it is given up for them, and grows again.
    await expect(fill()).rejects.toMatchObject({ rule: 'memory/exhausted' });
    expect(kept.length).toBeGreaterThan(8);
    for (const each of kept) await each.dispose();
    expect(numbers(await wide.run(integers([1, 1, 3], 'float32', 1)))).toHaveLength(6e6 + 1);
    await expectItWorks(backend);
  });

  test.each<[string, () => Tensor, string]>([
    [
      'detached',
      () => {
        const operand = integers(lhs.shape, 'float32', 1);
        structuredClone(operand.data.buffer, { transfer: [operand.data.buffer] });
        return operand;
      },
      'tensor/detached',
    ],
    [
      'shrunk',
      () => {
        const buffer = new ArrayBuffer(4 * sizeOf(lhs.shape), { maxByteLength: 8 * sizeOf(lhs.shape) });
        const data = new Float32Array(buffer);
        buffer.resize(8);
        return { dtype: 'float32', shape: lhs.shape, data };
      },
      'tensor/length',
    ],
    ['too short', () => ({ dtype: 'float32', shape: lhs.shape, data: new Float32Array(3) }), 'tensor/length'],
    ['of another dtype', () => integers(lhs.shape, 'int32', 1), 'operand/dtype'],
  ])('rejects an operand that is %s, as lhs, rhs and out', async (_what, broken, rule) => {
    const backend = await started();
    const conv = await bound(backend);
    await expect(conv.run(broken())).rejects.toMatchObject({ rule });
    expect(() => conv.runSync?.(broken())).toThrow(expect.objectContaining({ rule }) as Error);
    const resized: Tensor = { ...broken(), shape: rhs.shape };
    await expect(bound(backend, problem, resized)).rejects.toMatchObject({ rule: expect.stringMatching(/tensor|operand/u) as string });
    await expect(conv.run(lhs, { out: { ...broken(), shape: problem.out.shape } })).rejects.toMatchObject({
      rule: expect.stringMatching(/tensor/u) as string,
    });
    await expectItWorks(backend);
  });

  test('takes operands and out in shared and in growing memory, at any offset', async () => {
    const backend = await started();
    const conv = await bound(backend);
    const shared = new Float32Array(new SharedArrayBuffer(4 * sizeOf(lhs.shape) + 4), 4);
    shared.set(lhs.data as Float32Array);
    const growing = new Float32Array(new ArrayBuffer(4 * sizeOf(lhs.shape), { maxByteLength: 2 ** 16 }));
    growing.set(lhs.data as Float32Array);
    for (const data of [shared, growing]) expect(numbers(await conv.run({ ...lhs, data }))).toEqual(expected);
    const out = { dtype: 'float32', shape: problem.out.shape, data: new Float32Array(new SharedArrayBuffer(4 * expected.length)) };
    expect(numbers(await conv.run(lhs, { out: out as never }))).toEqual(expected);
    expect(Array.from(out.data)).toEqual(expected);
  });

  test('an operand that is taken away while its run waits is a typed error', async () => {
    const backend = await started();
    const conv = await bound(backend);
    const running = Array.from({ length: 20 }, () => {
      const operand = integers(lhs.shape, 'float32', 1);
      const run = conv.run(operand);
      structuredClone(operand.data.buffer, { transfer: [operand.data.buffer] });
      return run;
    });
    for (const outcome of await Promise.allSettled(running)) {
      if (outcome.status === 'fulfilled') expect(numbers(outcome.value)).toEqual(expected);
      else expect(outcome.reason).toMatchObject({ rule: 'tensor/detached' });
    }
    await expectItWorks(backend);
  });

  test('an out that is taken away while its run waits is a typed error', async () => {
    const backend = await started();
    const conv = await bound(backend);
    const running = Array.from({ length: 20 }, () => {
      const out = { dtype: 'float32', shape: problem.out.shape, data: new Float32Array(expected.length) } as const;
      const run = conv.run(lhs, { out });
      structuredClone(out.data.buffer, { transfer: [out.data.buffer] });
      return run;
    });
    for (const outcome of await Promise.allSettled(running)) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ rule: 'tensor/detached' });
    }
    await expectItWorks(backend);
  });

  test.each<[DType, one: number, nan: number, isNaN: (element: number) => boolean]>([
    ['float32', 1, Number.NaN, Number.isNaN],
    ['float64', 1, Number.NaN, Number.isNaN],
    ['complex64', 1, Number.NaN, Number.isNaN],
    ['float16', 0x3c00, 0x7e00, (bits) => (bits & 0x7fff) > 0x7c00],
    ['bfloat16', 0x3f80, 0x7fc0, (bits) => (bits & 0x7fff) > 0x7f80],
  ])('%s that are no numbers stay where they are', async (dtype, one, nan, isBroken) => {
    const backend = await started();
    const line = problemOf([1, 1, 300], [1, 1, 3], [1], 'SAME', { precision: 'highest' }, dtype);
    const [x, w] = [integers(line.lhs.shape, dtype, 1), integers(line.rhs.shape, dtype, 2)];
    for (const { data } of [x, w]) (data as Float32Array).fill(one);
    const parts = x.data.length / 300;
    (x.data as Float32Array)[150 * parts] = nan;
    const conv = await bound(backend, line, w);
    const brokenIn = async (): Promise<number[]> => {
      const { data } = (await conv.run(x)) as Tensor;
      return Array.from({ length: 300 }, (_, index) => index).filter((index) =>
        Array.from({ length: parts }, (_, part) => Number(data[index * parts + part])).some(isBroken),
      );
    };
    expect(await brokenIn()).toEqual([149, 150, 151]);
    (x.data as Float32Array).fill(nan);
    expect(await brokenIn()).toHaveLength(300);
  });

  test('dispose at any time: started runs finish, later ones reject, and the rest goes on', async () => {
    const backend = await started();
    const other = await bound(backend);
    for (const stop of ['bound', 'plan'] as const) {
      const plan = await backend.prepare(problem);
      const conv = await plan.bindRhs(rhs);
      const runs = [conv.run(lhs), conv.run(lhs), other.run(lhs), conv.run(lhs)];
      void (stop === 'plan' ? plan : conv).dispose();
      // Weights that are bound now must not land on those that are still in use.
      const next = await Promise.all([bound(backend), bound(backend)]);
      expect((await Promise.all(runs)).map(numbers)).toEqual(runs.map(() => expected));
      await expect(conv.run(lhs)).rejects.toMatchObject({ rule: 'instance/disposed' });
      for (const each of next) expect(numbers(await each.run(lhs))).toEqual(expected);
    }
    const last = Array.from({ length: 5 }, () => other.run(lhs));
    const end = backend.dispose();
    await expect(backend.prepare(problem)).rejects.toMatchObject({ rule: 'instance/disposed' });
    expect((await Promise.all(last)).map(numbers)).toEqual(last.map(() => expected));
    await Promise.all([end, backend.dispose()]);
  });

  test('many plans at the same time', async () => {
    const backend = await started();
    const outcomes = await Promise.all(
      Array.from({ length: 64 }, async () => {
        const conv = await bound(backend);
        const results = await Promise.all([conv.run(lhs), conv.run(lhs)]);
        await conv.dispose();
        return results.map(numbers);
      }),
    );
    expect(outcomes).toEqual(outcomes.map(() => [expected, expected]));
  });
});

test('a chain of prepared convolutions with out: memory neither grows nor moves', async () => {
  const backend = await createBackend({ threads: 1 });
  backends.push(backend);
  const { lax } = laxconvOn(backend);
  const weights = tensor(new Float32Array(9 * 64).fill(0.01), [3, 3, 8, 8]);
  const [a, b] = [0, 1].map(() => tensor(new Float32Array(8 * 400), [1, 20, 20, 8]));
  const conv = await lax.prepareConvGeneralDilated(a, weights, [1, 1], 'SAME', { dimensionNumbers: ['NHWC', 'HWIO', 'NHWC'] });
  for (let index = 0; index < 1000; index++) {
    expect(await conv.run(a, { out: b })).toBe(b);
    expect(await conv.run(b, { out: a })).toBe(a);
  }
  await conv.dispose();
});

test('options that are a proxy are read once', async () => {
  const read: string[] = [];
  const options = new Proxy({ threads: 1 }, { get: (target, name) => (read.push(String(name)), Reflect.get(target, name)) });
  backends.push(await createBackend(options));
  expect(read.toSorted()).toEqual(['module', 'threads']);
  const broken = new Proxy({ threads: 1 }, { get: () => ({ valueOf: () => 1 }) });
  await expect(createBackend(broken as never)).rejects.toMatchObject({ rule: 'backend/option' });
});
