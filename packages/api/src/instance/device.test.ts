/** Operands in a device's memory: brought there, rearranged there, temporaries freed, results left there. */
import { describe, expect, test } from 'vitest';
import { ruleOfPromise } from '../rule-of.test.fixture.ts';
import { tensor } from '../tensor/create.ts';
import { disposeTensor, toHost } from '../tensor/to-host.ts';
import { isDeviceTensor } from '../tensor/tensor.ts';
import { FakeBackend, FakeDevice } from './fake-backend.test.fixture.ts';
import { laxconvOn } from './instance.ts';

const x = tensor([[[1, 2, 3]]]);
const w = tensor([[[1, 10]]]);

describe('device operands', () => {
  test('any one of them brings the call there; the other is a temporary', async () => {
    const device = new FakeDevice();
    const { lax, backend } = laxconvOn(device);
    const onDevice = await backend.toDevice(x);
    const y = await lax.conv(onDevice, w, [1], 'VALID');
    expect(isDeviceTensor(y) && y.shape).toEqual([1, 1, 2]);
    expect((await toHost(y)).data).toEqual(new Float32Array([21, 32]));
    expect(device.live).toBe(2); // the operand and the result
    disposeTensor(y);
    disposeTensor(y);
    expect(device.live).toBe(1);

    const z = await lax.conv(x, await backend.toDevice(w), [1], 'VALID');
    expect((await toHost(z)).data).toEqual(new Float32Array([21, 32]));
    expect(device.live).toBe(3);
  });

  test('casts and reversals happen there', async () => {
    const device = new FakeDevice();
    const { numpy, backend } = laxconvOn(device);
    const a = await backend.toDevice(tensor(new Int8Array([1, 2])));
    const y = await numpy.convolve(a, tensor(new Int8Array([1, 10])));
    expect(await toHost(y)).toEqual({ dtype: 'float32', shape: [3], data: new Float32Array([1, 12, 20]) });
    expect([device.count('rearrange'), device.live]).toEqual([1, 2]);
  });

  test('the steps of a call with several leave only the result', async () => {
    const device = new FakeDevice();
    const { lax, backend } = laxconvOn(device);
    const weights = tensor([
      [
        [1, 2],
        [10, 20],
      ],
    ]);
    const y = await lax.convGeneralDilatedLocal(await backend.toDevice(x), weights, [1], 'VALID', [2]);
    expect((await toHost(y)).data).toEqual(new Float32Array([21, 64]));
    expect(device.live).toBe(2);
  });

  test('an empty result is made there', async () => {
    const device = new FakeDevice();
    const { lax, backend } = laxconvOn(device);
    const y = await lax.conv(await backend.toDevice(tensor(new Float32Array(0), [0, 1, 3])), w, [1], 'VALID');
    expect(isDeviceTensor(y) && y.shape).toEqual([0, 1, 2]);
    expect(device.log).not.toContain('prepare');
  });

  test('nothing stays behind when a step fails', async () => {
    const device = new FakeDevice({
      at: (step) => {
        if (step === 'run') throw new Error('lost');
      },
    });
    const { numpy, backend } = laxconvOn(device);
    const a = await backend.toDevice(tensor(new Int8Array([1, 2])));
    await expect(numpy.convolve(a, a)).rejects.toThrow('lost');
    expect(device.live).toBe(1);
  });
});

describe('places', () => {
  test('a tensor of another instance is foreign', async () => {
    const foreign = await laxconvOn(new FakeDevice()).backend.toDevice(x);
    const { lax, backend } = laxconvOn([new FakeDevice(), new FakeBackend()]);
    const own = await backend.toDevice(w);
    for (const call of [lax.conv(foreign, w, [1], 'VALID'), lax.conv(foreign, own, [1], 'VALID')]) {
      await expect(call).rejects.toMatchObject({ rule: 'tensor/foreign', jaxError: 'ValueError', argument: 'lhs' });
    }
    await expect(lax.conv(x, foreign, [1], 'VALID')).rejects.toMatchObject({ rule: 'tensor/foreign', argument: 'rhs' });
    await expect(lax.conv(own, foreign, [1], 'VALID')).rejects.toMatchObject({ rule: 'tensor/foreign', argument: 'rhs' });
    await expect(backend.explain('lax.conv', x, foreign, [1], 'VALID')).rejects.toMatchObject({ rule: 'tensor/foreign', argument: 'rhs' });
  });

  test('device operands do not fall back', async () => {
    const device = new FakeDevice({ name: 'gpu', refuses: () => 'no' });
    const host = new FakeBackend({ name: 'cpu' });
    const { lax, backend } = laxconvOn([device, host]);
    const onDevice = await backend.toDevice(x);
    await expect(lax.conv(onDevice, w, [1], 'VALID')).rejects.toMatchObject({ backend: 'gpu' });
    await expect(backend.explain('lax.conv', onDevice, w, [1], 'VALID')).rejects.toMatchObject({ backend: 'gpu' });
    expect(host.log).toEqual([]);
    expect((await lax.conv(x, w, [1], 'VALID')).data).toEqual(new Float32Array([21, 32]));
  });

  test('toDevice finds the first backend with a device', async () => {
    const device = new FakeDevice();
    const { backend } = laxconvOn([new FakeBackend(), device]);
    const onDevice = await backend.toDevice(x);
    expect(onDevice.device.owner).toBe(device);
    await expect(ruleOfPromise(laxconvOn(new FakeBackend({ name: 'cpu' })).backend.toDevice(x))).resolves.toBe('backend/no-device');
    await expect(ruleOfPromise(backend.toDevice([1] as unknown as typeof x))).resolves.toBe('tensor/not-a-tensor');
  });

  test('a freed tensor is refused by its backend', async () => {
    const { lax, backend } = laxconvOn(new FakeDevice());
    const onDevice = await backend.toDevice(x);
    disposeTensor(onDevice);
    await expect(ruleOfPromise(lax.conv(onDevice, w, [1], 'VALID'))).resolves.toBe('tensor/disposed');
  });
});
