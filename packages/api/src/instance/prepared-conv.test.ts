import { describe, expect, test } from 'vitest';
import { ruleOf, ruleOfPromise } from '../rule-of.test.fixture.ts';
import { toNumbers } from '../tensor/convert.ts';
import { tensor } from '../tensor/create.ts';
import { toHost } from '../tensor/to-host.ts';
import { isDeviceTensor } from '../tensor/tensor.ts';
import { FakeBackend, FakeDevice } from './fake-backend.test.fixture.ts';
import { laxconvOn } from './instance.ts';
import type { ConvTransposeOptions, Padding } from './types/options.ts';

const spec = { shape: [1, 1, 3], dtype: 'float32' } as const;
const x = tensor([[[1, 2, 3]]]);
const w = tensor([[[1, 10]]]);

describe('a prepared convolution', () => {
  test('packs its weights once and runs many inputs', async () => {
    const backend = new FakeBackend();
    const { lax } = laxconvOn(backend);
    const weights = tensor([[[1, 10]]]);
    const conv = await lax.prepareConvGeneralDilated(spec, weights, [1], 'VALID', { precision: 'high' });
    weights.data.fill(0);
    expect(conv).toMatchObject({ kernel: 'float32-fake', errorBound: { kind: 'pointwise', c: 1 }, problem: { precision: 'high' } });
    const results = await Promise.all([x, tensor([[[2, 4, 6]]])].map((input) => conv.run(input)));
    expect(results.map((result) => toNumbers(result))).toEqual([
      [21, 32],
      [42, 64],
    ]);
    expect([backend.count('prepare'), backend.count('bindRhs'), backend.count('run')]).toEqual([1, 1, 2]);
  });

  test('writes into out', async () => {
    const { lax } = laxconvOn(new FakeBackend());
    const conv = await lax.prepareConvGeneralDilated(spec, w, [1], 'VALID');
    const out = tensor(new Float32Array(2), [1, 1, 2]);
    await expect(conv.run(x, { out })).resolves.toBe(out);
    expect(toNumbers(out)).toEqual([21, 32]);
    const overlapping = tensor(x.data.subarray(1), [1, 1, 2]);
    await expect(ruleOfPromise(conv.run(x, { out: overlapping }))).resolves.toBe('tensor/out-overlap');
    await expect(ruleOfPromise(conv.run(x, { out: x }))).resolves.toBe('tensor/out');
    // As many elements under another label would be the right numbers in the wrong layout.
    for (const shape of [[2], [1, 2, 1], [1, 1, 1, 2]]) {
      const other = tensor(new Float32Array(2), shape);
      await expect(ruleOfPromise(conv.run(x, { out: other }))).resolves.toBe('tensor/out');
    }
    await expect(ruleOfPromise(conv.run(x, tensor([[[0, 0]]]) as never))).resolves.toBe('call/options');
    await expect(ruleOfPromise(conv.run(Promise.resolve(x) as never))).resolves.toBe('tensor/not-a-tensor');
  });

  test('takes exactly the prepared shape and dtype', async () => {
    const { lax } = laxconvOn(new FakeBackend());
    const conv = await lax.prepareConvGeneralDilated(spec, w, [1], 'VALID');
    const given = (input: unknown) => ruleOfPromise(conv.run(input as typeof x));
    await expect(given(tensor([1, 2, 3]))).resolves.toBe('operand/shape');
    await expect(given(tensor([[[1, 2]]]))).resolves.toBe('operand/shape');
    await expect(given(tensor(new Float64Array(3), [1, 1, 3]))).resolves.toBe('operand/dtype');
    await expect(given([[[1, 2, 3]]])).resolves.toBe('tensor/not-a-tensor');
  });

  test('refuses options that it does not have', async () => {
    const { lax } = laxconvOn(new FakeBackend());
    const conv = await lax.prepareConvGeneralDilated(spec, w, [1], 'VALID');
    const given = (options: unknown) => ruleOfPromise(conv.run(x, options as { out?: typeof x }));
    await expect(given(null)).resolves.toBe('call/options');
    await expect(given([x])).resolves.toBe('call/options');
    await expect(given({ output: x })).resolves.toBe('call/unknown-option');
    expect(ruleOf(() => conv.runSync(x, { output: x } as object))).toBe('call/unknown-option');
  });

  test('says what shape its result has, of nothing to compute too', async () => {
    const { lax } = laxconvOn(new FakeBackend());
    const conv = await lax.prepareConvGeneralDilated(spec, w, [1], 'VALID');
    expect([conv.outShape, Object.isFrozen(conv.outShape)]).toEqual([[1, 1, 2], true]);
    const none = await lax.prepareConvGeneralDilated({ shape: [1, 0, 3], dtype: 'float32' }, tensor([], [1, 0, 2]), [1], 'VALID');
    expect(none.outShape).toEqual([1, 1, 2]);
  });

  test('of a transposed convolution gives what the call gives', async () => {
    const { lax } = laxconvOn(new FakeBackend());
    const [y, kernel] = [tensor([[[1], [2], [3]]]), tensor([[[1]], [[10]], [[100]]])];
    const calls: readonly (readonly [number[], Padding, ConvTransposeOptions<undefined>])[] = [
      [[2], 'SAME', {}],
      [[2], 'VALID', { transposeKernel: true }],
      [[1], [[0, 1]], { useConsistentPadding: true }],
      [[2], [[1, 1]], { rhsDilation: [2], dimensionNumbers: ['NWC', 'WOI', 'NCW'] }],
    ];
    for (const args of calls) {
      const expected = await lax.convTranspose(y, kernel, ...args);
      const conv = await lax.prepareConvTranspose({ shape: [1, 3, 1], dtype: 'float32' }, kernel, ...args);
      expect(await conv.run(y)).toEqual(expected);
      expect(conv.outShape).toEqual(expected.shape);
    }
    await expect(lax.prepareConvTranspose(spec, kernel, [0], 'SAME')).rejects.toMatchObject({ op: 'lax.prepareConvTranspose' });
  });

  test('runs synchronously only where its backend does', async () => {
    const { lax } = laxconvOn(new FakeBackend());
    const conv = await lax.prepareConvGeneralDilated(spec, w, [1], 'VALID');
    expect(ruleOf(() => conv.runSync(x))).toBe('backend/sync');
  });

  test('of nothing to compute gives zeros', async () => {
    const backend = new FakeBackend();
    const { lax } = laxconvOn(backend);
    const none = { shape: [1, 0, 3], dtype: 'float32' } as const;
    const conv = await lax.prepareConvGeneralDilated(none, tensor([], [1, 0, 2]), [1], 'VALID');
    expect(conv).toMatchObject({ problem: null, kernel: 'empty', errorBound: { kind: 'exact' } });
    const input = tensor([], [1, 0, 3]);
    const out = tensor(new Float32Array([7, 7]), [1, 1, 2]);
    expect(conv.runSync(input, { out })).toBe(out);
    expect(toNumbers(out)).toEqual([0, 0]);
    expect(toNumbers(await conv.run(input))).toEqual([0, 0]);
    expect(backend.log).toEqual([]);
  });

  test('needs the weights’ data, not the input’s', async () => {
    const { lax } = laxconvOn(new FakeBackend());
    const noData = { shape: [1, 1, 2], dtype: 'float32' } as unknown as typeof w;
    await expect(ruleOfPromise(lax.prepareConvGeneralDilated(spec, noData, [1], 'VALID'))).resolves.toBe('tensor/data-class');
    await expect(ruleOfPromise(lax.prepareConvGeneralDilated(spec, w, [0], 'VALID'))).resolves.toBe('window-strides/positive');
  });

  test('falls back like a call, and drops the plan when the weights are refused', async () => {
    const first = new FakeBackend({ refuses: () => 'no' });
    const broken = new FakeBackend({
      at: (step) => {
        if (step === 'bindRhs') throw new Error('lost');
      },
    });
    await expect(laxconvOn([first, broken]).lax.prepareConvGeneralDilated(spec, w, [1], 'VALID')).rejects.toThrow('lost');
    expect([first.log, broken.log]).toEqual([['prepare'], ['prepare', 'bindRhs', 'drop']]);
  });

  test('keeps weights on the device, and results with device inputs', async () => {
    const device = new FakeDevice();
    const { lax, backend } = laxconvOn(device);
    const conv = await lax.prepareConvGeneralDilated(spec, await backend.toDevice(w), [1], 'VALID');
    const y = await conv.run(await backend.toDevice(x));
    expect(isDeviceTensor(y)).toBe(true);
    expect(toNumbers(await toHost(y))).toEqual([21, 32]);
  });
});

describe('its end', () => {
  test('waits for runs, disposes once, refuses later runs', async () => {
    const held = Promise.withResolvers<void>();
    const backend = new FakeBackend({ at: (step) => (step === 'run' ? held.promise : undefined) });
    const { lax } = laxconvOn(backend);
    const conv = await lax.prepareConvGeneralDilated(spec, w, [1], 'VALID');
    const running = conv.run(x);
    const ended = conv.dispose();
    await expect(ruleOfPromise(conv.run(x))).resolves.toBe('instance/disposed');
    expect(ruleOf(() => conv.runSync(x))).toBe('instance/disposed');
    held.resolve();
    expect(toNumbers(await running)).toEqual([21, 32]);
    await Promise.all([ended, conv.dispose()]);
    expect(backend.log).toEqual(['prepare', 'bindRhs', 'run', 'unbind', 'drop']);
  });

  test('comes with the instance’s', async () => {
    const backend = new FakeBackend();
    const { lax, dispose } = laxconvOn(backend);
    const conv = await lax.prepareConvGeneralDilated(spec, w, [1], 'VALID');
    await dispose();
    await expect(ruleOfPromise(conv.run(x))).resolves.toBe('instance/disposed');
    await conv.dispose();
    expect(backend.count('drop')).toBe(1);
  });
});
