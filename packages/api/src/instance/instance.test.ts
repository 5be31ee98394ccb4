/** An instance: calls, their ownership of data, their concurrency, and their end. */
import { describe, expect, test } from 'vitest';
import { ruleOfPromise } from '../rule-of.test.fixture.ts';
import { toNested, toNumbers } from '../tensor/convert.ts';
import { tensor } from '../tensor/create.ts';
import type { AnyTensor } from '../tensor/tensor.ts';
import { FakeBackend } from './fake-backend.test.fixture.ts';
import { laxconvOn } from './instance.ts';

const x = tensor([[[1, 2, 3]]]);
const w = tensor([[[1, 10]]]);

describe('calls', () => {
  const { lax, numpy, scipy } = laxconvOn(new FakeBackend());
  const line = (values: number[]) => tensor(values);
  const matrix = tensor([
    [1, 2],
    [3, 4],
  ]);
  const column = tensor([[1], [10]]);

  test.each<[string, () => Promise<AnyTensor>, unknown]>([
    ['conv', () => lax.conv(x, w, [1], 'SAME'), [[[21, 32, 3]]]],
    ['convWithGeneralPadding', () => lax.convWithGeneralPadding(x, w, [1], [[0, 0]], [2], null), [[[1, 20, 2, 30]]]],
    ['convGeneralDilated', () => lax.convGeneralDilated(x, w, [1], 'VALID', { rhsDilation: [2] }), [[[31]]]],
    ['convTranspose', () => lax.convTranspose(tensor([[[1], [2]]]), tensor([[[1]], [[10]]]), [2], 'VALID'), [[[10], [1], [20], [2]]]],
    [
      'convGeneralDilatedPatches',
      () => lax.convGeneralDilatedPatches(x, [2], [1], 'VALID'),
      [
        [
          [1, 2],
          [2, 3],
        ],
      ],
    ],
    ['numpy.convolve', () => numpy.convolve(line([1, 2, 3]), line([1, 10])), [1, 12, 23, 30]],
    ['numpy.convolve same', () => numpy.convolve(line([1, 10]), line([1, 2, 3]), 'same'), [1, 12, 23]],
    ['numpy.correlate', () => numpy.correlate(line([1, 2, 3]), line([1, 10])), [21, 32]],
    ['numpy.correlate, the shorter first', () => numpy.correlate(line([1, 10]), line([1, 2, 3]), 'full'), [3, 32, 21, 10]],
    ['signal.convolve', () => scipy.signal.convolve(line([1, 2, 3]), line([1, 10]), 'same'), [1, 12, 23]],
    ['signal.correlate', () => scipy.signal.correlate(line([1, 2, 3]), line([1, 10])), [10, 21, 32, 3]],
    ['signal.fftconvolve', () => scipy.signal.fftconvolve(line([1, 2]), line([1, 10])), [1, 12, 20]],
    [
      'signal.convolve2d',
      () => scipy.signal.convolve2d(matrix, column),
      [
        [1, 2],
        [13, 24],
        [30, 40],
      ],
    ],
    [
      'signal.correlate2d',
      () => scipy.signal.correlate2d(matrix, column),
      [
        [10, 20],
        [31, 42],
        [3, 4],
      ],
    ],
    ['0-D', () => scipy.signal.convolve(tensor(3), tensor(4)), 12],
    ['an empty sum', () => lax.conv(tensor([], [1, 0, 2]), tensor([], [1, 0, 1]), [1], 'VALID'), [[[0, 0]]]],
    ['an empty result', () => lax.conv(x, tensor([[[1, 1, 1, 1]]]), [1], 'VALID'), [[[]]]],
  ])('%s', async (_, call, expected) => {
    expect(toNested(await call())).toEqual(expected);
  });

  test('convDimensionNumbers is synchronous, and its result is taken back', async () => {
    const dimensionNumbers = lax.convDimensionNumbers([1, 3, 1], [2, 1, 1], ['NWC', 'WIO', 'NCW']);
    expect(dimensionNumbers).toEqual({ lhsSpec: [0, 2, 1], rhsSpec: [2, 1, 0], outSpec: [0, 1, 2] });
    const y = await lax.convGeneralDilated(tensor([[[1], [2], [3]]]), tensor([[[1]], [[10]]]), [1], 'VALID', { dimensionNumbers });
    expect(toNested(y)).toEqual([[[21, 32]]]);
  });

  test('reject, and never throw', async () => {
    const wrong: readonly (() => Promise<unknown>)[] = [
      () => (lax.conv as () => Promise<unknown>)(),
      () => (lax.convGeneralDilatedVjp as () => Promise<unknown>)(),
      () => (lax.prepareConvGeneralDilated as () => Promise<unknown>)(),
      () => (numpy.convolve as (a: unknown) => Promise<unknown>)([1]),
    ];
    for (const call of wrong) await expect(ruleOfPromise(call())).resolves.toBe('call/arity');
    const list = [1, 2] as unknown as typeof x;
    await expect(ruleOfPromise(numpy.convolve(list, list))).resolves.toBe('tensor/not-a-tensor');
  });

  test('need no this', async () => {
    const { conv } = lax;
    expect(toNumbers(await conv(x, w, [1], 'VALID'))).toEqual([21, 32]);
  });

  test('the data is checked at every call, also of one that was seen before', async () => {
    const data = new Float32Array([1, 2, 3]);
    const mine = tensor(data, [1, 1, 3]);
    expect(toNumbers(await lax.conv(mine, w, [1], 'VALID'))).toEqual([21, 32]);
    data[0] = 5;
    expect(toNumbers(await lax.conv(mine, w, [1], 'VALID'))).toEqual([25, 32]);
    data.buffer.transfer();
    await expect(ruleOfPromise(lax.conv(mine, w, [1], 'VALID'))).resolves.toBe('tensor/detached');
    const short = { dtype: 'float32', shape: [1, 1, 3], data: new Float32Array(2) } as const;
    await expect(ruleOfPromise(lax.conv(short, w, [1], 'VALID'))).resolves.toBe('tensor/length');
  });
});

describe('ownership', () => {
  test('operands are not modified, results are not shared', async () => {
    const { numpy } = laxconvOn(new FakeBackend());
    const [a, v] = [new Int16Array(new SharedArrayBuffer(12), 2, 3), new Int16Array([1, 10])];
    a.set([1, 2, 3]);
    const results = await Promise.all([1, 2].map(() => numpy.convolve(tensor(a), tensor(v))));
    expect([...a, ...v]).toEqual([1, 2, 3, 1, 10]);
    expect(results[0].data.buffer).not.toBe(results[1].data.buffer);
    expect(results[0].data.buffer).toBeInstanceOf(ArrayBuffer);
    results[0].data.fill(0);
    expect(toNumbers(results[1])).toEqual([1, 12, 23, 30]);
  });

  test('the shape of a result is its own', async () => {
    const { lax } = laxconvOn(new FakeBackend());
    const [first, second] = [await lax.conv(x, w, [1], 'SAME'), await lax.conv(x, w, [1], 'SAME')];
    expect(first.shape).toEqual([1, 1, 3]);
    expect(second.data).not.toBe(first.data);
  });
});

describe('concurrency', () => {
  test('many calls at once give what they give one by one', async () => {
    // Later calls are held up less: they overtake.
    let waiting = 40;
    const backend = new FakeBackend({
      at: async (step) => {
        if (step === 'run') for (let turns = waiting--; turns > 0; turns--) await Promise.resolve();
      },
    });
    const { lax } = laxconvOn(backend);
    const inputs = Array.from({ length: 32 }, (_, i) => tensor([[[i, 2 * i, 3 * i]]]));
    const together = await Promise.all(inputs.map((input) => lax.conv(input, w, [1], 'VALID')));
    expect(together.map(toNumbers)).toEqual(inputs.map((_, i) => [21 * i, 32 * i]));
    expect([backend.count('prepare'), backend.count('bindRhs'), backend.count('unbind')]).toEqual([1, 32, 32]);
  });

  test('two instances on one backend share no plans', async () => {
    const backend = new FakeBackend();
    const [one, two] = [laxconvOn(backend), laxconvOn(backend)];
    await Promise.all([one, two].map(({ lax }) => lax.conv(x, w, [1], 'VALID')));
    expect(backend.count('prepare')).toBe(2);
    await one.dispose();
    expect(toNumbers(await two.lax.conv(x, w, [1], 'VALID'))).toEqual([21, 32]);
  });
});

describe('dispose', () => {
  test('lets started calls finish, then drops the plans; later calls reject', async () => {
    const held = Promise.withResolvers<void>();
    const backend = new FakeBackend({ at: (step) => (step === 'run' ? held.promise : undefined) });
    const { lax, numpy, backend: handle, dispose } = laxconvOn(backend);
    const running = lax.conv(x, w, [1], 'VALID');
    const ended = dispose();
    expect(dispose()).toBe(ended);
    for (const call of [
      lax.conv(x, w, [1], 'VALID'),
      numpy.convolve(x, x),
      handle.explain('lax.conv', x, w, [1], 'VALID'),
      handle.toDevice(x),
      lax.prepareConvGeneralDilated(x, w, [1], 'VALID'),
      lax.convGeneralDilatedVjp(x, w, [1], 'VALID'),
    ]) {
      await expect(call).rejects.toMatchObject({ rule: 'instance/disposed', jaxError: 'RuntimeError' });
    }
    held.resolve();
    expect(toNumbers(await running)).toEqual([21, 32]);
    await ended;
    expect(backend.log.slice(-3)).toEqual(['run', 'unbind', 'drop']);
  });

  test('ends the backends that the instance owns, and no other', async () => {
    const [own, other] = [new FakeBackend(), new FakeBackend()];
    const instance = laxconvOn([own, other], { owned: [own] });
    await instance[Symbol.asyncDispose]();
    await instance.dispose();
    expect([own.log, other.log]).toEqual([['dispose'], []]);
  });

  test('waits for calls that fail', async () => {
    const backend = new FakeBackend({
      at: (step) => {
        if (step === 'run') throw new Error('lost');
      },
    });
    const { lax, dispose } = laxconvOn(backend);
    const call = lax.conv(x, w, [1], 'VALID');
    await Promise.all([expect(call).rejects.toThrow('lost'), dispose()]);
    expect(backend.log.at(-1)).toBe('drop');
  });
});

test('a handle says what was rejected', () => {
  const rejected = [{ backend: 'webgpu', reason: 'no adapter' }];
  expect(laxconvOn(new FakeBackend(), { rejected }).backend.rejected).toEqual(rejected);
  expect(laxconvOn(new FakeBackend()).backend.rejected).toEqual([]);
});
